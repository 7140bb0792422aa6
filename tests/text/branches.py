"""Which branches of the templates are entered while chapters are filled."""

from jinja2 import nodes, pass_context

from smcm.text import Text

WAYS = {  # where a node keeps what it does or gives in one case and not in another
    nodes.If: ("body", "else_"),
    nodes.For: ("body", "else_"),
    nodes.CondExpr: ("expr1", "expr2"),
    nodes.And: ("right",),
    nodes.Or: ("right",),
}


class WatchedText(Text):
    """A `Text` that notes every branch of its templates, and those that it enters.

    Attributes
    ----------
    branches : dict of str to bool
        By file, line and kind; whether it was entered.
    """

    def __init__(self, *macros):
        super().__init__(*macros)
        self.branches = {}
        environment = self._environment
        parse = environment._parse
        environment.filters["entered"] = self._entered
        environment._parse = lambda source, name, file: self._marked(
            parse(source, name, file), name
        )

    def never_entered(self):
        """Give the branches that no chapter entered."""
        return sorted(place for place, entered in self.branches.items() if not entered)

    @pass_context
    def _entered(self, _context, value, place):
        self.branches[place] = True
        return value

    def _marked(self, tree, name):
        kinds = tuple(WAYS)
        for number, node in enumerate(list(tree.find_all(kinds))):
            for way in WAYS[type(node)]:
                held = getattr(node, way)
                if held:
                    self._mark(node, way, f"{name}, {number}")
        return tree

    def _mark(self, node, way, name):
        """Put a note in front of statements, or around an expression."""
        held = getattr(node, way)
        line = held[0].lineno if isinstance(held, list) else held.lineno
        place = f"{name}, line {line}: {way} of {type(node).__name__}"
        self.branches.setdefault(place, False)
        if isinstance(held, list):
            held.insert(0, nodes.ExprStmt(_noted(_const(None, line), place, line)))
            held[0].lineno = line
        else:
            setattr(node, way, _noted(held, place, line))


def _noted(expression, place, line):
    where = [_const(place, line)]
    return nodes.Filter(expression, "entered", where, [], None, None, lineno=line)


def _const(value, line):
    return nodes.Const(value, lineno=line)
