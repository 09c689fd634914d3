"""What a tag of a template may hold: values, conditions, loops, includes, and nothing that acts.

Hands out `check_node` and `walk`. Leans on Jinja's node classes and `saying`.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes

from gen.word.saying import not_allowed

__all__ = ["check_node", "walk"]

_ALLOWED_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Include, nodes.Expr,
)  # fmt: skip


def walk(tree: nodes.Node) -> Iterator[nodes.Node]:
    """Every node of a tree, without recursion."""
    stack: list[nodes.Node] = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.iter_child_nodes())


def check_node(node: nodes.Node, name: str | None) -> None:
    """Refuse a node that a template must not hold.

    Raises:
        TemplateSyntaxError: in Japanese, with its line.
    """
    ours = isinstance(node, nodes.Filter) and node.name.startswith("_") and node.name != "_mark"
    if isinstance(node, nodes.Slice) or (isinstance(node, nodes.Getattr) and node.attr.startswith("_")):
        allowed = False  # copies of long texts that cost nothing to write; what is nobody's to ask
    elif isinstance(node, nodes.Include):
        allowed = isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
        allowed = allowed and "#" not in node.template.value and node.with_context  # type: ignore[attr-defined]
    elif isinstance(node, nodes.Call):
        allowed = isinstance(node.node, nodes.Name)  # no methods: "a".center(10**9), "{}".format(…)
    elif isinstance(node, nodes.For):
        allowed = not node.recursive
    else:
        allowed = isinstance(node, (*_ALLOWED_NODES, nodes.Operand, nodes.Keyword, nodes.Pair))
    if not allowed or ours:
        raise TemplateSyntaxError(not_allowed(node), node.lineno or 1, name)
