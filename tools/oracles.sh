#!/bin/sh
# Run the R scripts whose numbers the tests compare with, all of them or those given;
# say first whether R and every package they load are there.
# Usage, from the repository root: sh tools/oracles.sh [SCRIPT ...]
set -eu

[ $# -gt 0 ] || set -- tests/reference/*.R

if ! command -v Rscript >/dev/null; then
  echo "Rscript is not on the path. Without R the tests read the numbers that are kept" >&2
  echo "in tests/reference; to make them anew, install R (Debian: r-base-core)." >&2
  exit 1
fi

wanted=$(sed -n 's/.*library(\([A-Za-z0-9.]*\)).*/\1/p' "$@" | sort -u)
missing=""
for package in $wanted; do
  Rscript --vanilla -e "q(status = !requireNamespace('$package', quietly = TRUE))" \
    >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ]; then
  echo "R lacks these packages:$missing" >&2
  echo "Install them with install.packages(); on Debian:" >&2
  for package in $missing; do
    echo "  apt-get install r-cran-$(echo "$package" | tr '[:upper:]' '[:lower:]')" >&2
  done
  exit 1
fi

for script in "$@"; do
  echo "$script"
  Rscript --vanilla "$script"
done
echo "Now run \`make validation\`, which compares with them and keeps how close they are."
