# The book, built from the lock and served on port 8000:
#   docker build -t smcm . && docker run --rm -p 8000:8000 smcm
# Any command:
#   docker run --rm -v "$PWD/my-study:/data:ro" smcm smcm check /data
FROM python:3.12-slim
RUN useradd --create-home reader && install --directory --owner reader /home/reader/smcm
USER reader
WORKDIR /home/reader/smcm
COPY --chown=reader . .
RUN python -m smcm.setup && .venv/bin/smcm book
ENV PATH="/home/reader/smcm/.venv/bin:$PATH"
EXPOSE 8000
CMD ["python", "-m", "http.server", "--directory", "_build/html", "8000"]
