"""`python -m fuzz SECONDS [TARGET…]`: Hypothesis bends the corpus until the time is over.

A find is written into the corpus folder of its target as `found-….bin`, to be named, explained in
`tests/corpus/README.md` and mended. Word files are bent part by part, for a bent ZIP is only refused.
"""

from __future__ import annotations

import hashlib
import io
import sys
import time
import traceback
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.targets import CORPUS, TARGETS

_SLOW = 10.0
_WORDS = {
    "yaml": ["city:", "contracts:", "systems:", "- ", ": ", "\n  ", "[", "]", "{", "}", "&a", "*a", "!!x", "---", "未定", "'", '"', "|",
             ">", "#", "令和8年4月1日", "1e999", "∞", "\u3000", "\t", "？", "when:", "any:", "title:", "depends_on:", "period:", "99999999999999999999"],
    "grammar": ["[jo] ", "[ko] ", "[go] ", "[body] ", "[table widths=1,2]", "[end]", "| a | b |", "{{ jo('a') }}", "{{ ref('a') }}", "{{ ko() }}",
                "{{ ref('a', ko='b') }}", "{{ prev('a') }}", "{{ go() }}", "{{ items('a','b') }}", "{%p if u %}", "{%p else %}", "{%p endif %}",
                "{%p for r in rows %}", "{%p endfor %}", "{{ r.a }}", "{{甲}}", "\\t", "\n", "第1条", "別記1", "{{ hd('a') }}", "{{ attach('a') }}"],
    "word": ["<w:p>", "</w:p>", "<w:tc/>", "<w:tbl>", "{{ v }}", "{%p if u %}", "{%p endif %}", "{%tr for r in rows %}", "{%tr endfor %}", "<w:t>",
             "<w:sdt><w:sdtContent>", "<w:ins w:id='1'>", "<w:br/>", "w:val=\"\"", "&#x9b;", "&amp;", "<w:sectPr/>", "<w:fldSimple w:instr='REF _k_a'/>",
             "<mc:AlternateContent/>", "<!-- -->", "<![CDATA[{{ v }}]]>", "<?x y?>", "{{ jo('a') }}"],
    "compare": ["<w:p>", "</w:p>", "<w:tc/>", "<w:tr/>", "<w:tbl>", "<w:ins w:id='1'>", "<w:del w:id='1'>", "</w:ins>", "<w:moveFrom/>", "<w:br/>",
                "第１条", "第99条", "前条", "別記１", "（", "⑳", "<w:bookmarkStart w:id='1' w:name='_k_fee'/>", "<w:gridSpan w:val='9'/>",
                "<w:vMerge/>", "<w:fldChar w:fldCharType='begin'/>", "<w:instrText> REF _k_fee </w:instrText>", "<w:sdt><w:sdtContent>", "w:val=\"\"",
                "<w:commentReference w:id='0'/>", "<w:rPrChange/>", "<w:txbxContent/>", "&#x3000;", "<w:numPr/>"],
    "markdown": ["# ", "- ", "1. ", "    ", "| a | b |\n|---|---|\n", "{{ v }}", "{% if u %}", "{% else %}", "{% endif %}", "{% for r in rows %}",
                 "{% endfor %}", "**", "*", "_", "`", "```\n", "> ", "<b>", "<script>", "[a](javascript:b)", "![a](http://b)", "\\", "&lt;", "&#x3c;",
                 "{pagebreak}", "{section paper=A3}", "{widths=1,2}", "---\n", "[x] ", "{# c #}", "\n\n", "\u3000", "[a]: b", "<http://a>"],
}  # fmt: skip

Edit = tuple[float, int, bytes]


def bent(seed: bytes, edits: list[Edit]) -> bytes:
    """The seed with pieces cut out, repeated or put in at some places."""
    data = seed
    for where, length, new in edits:
        at = int(where * len(data))
        cut = data[at : at + abs(length)]
        data = (
            data[:at] + (new if length >= 0 else cut + cut + new) + data[at + (length if length > 0 else 0) :]
        )
    return data[:200_000]


def bent_word(seed: bytes, edits: list[Edit]) -> bytes:
    """A Word file whose XML is bent, the archive around it whole."""
    if not zipfile.is_zipfile(io.BytesIO(seed)):
        return bent(seed, edits)
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts, key=lambda name: (name != "word/document.xml", name))
    for number, edit in enumerate(edits):
        name = names[0] if number % 4 else names[int(edit[0] * len(names))]
        parts[name] = bent(parts[name], [edit])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def fuzz(target: str, until: float) -> int:
    """Bend seeds of one target until the time is over; gives the number of finds."""
    folder = CORPUS / target
    seeds = [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]
    words = st.sampled_from([word.encode() for word in _WORDS[target]])
    pieces = st.one_of(
        words,
        words,
        st.binary(max_size=4),
        st.text(max_size=4).map(lambda text: text.encode("utf-8", "replace")),
    )
    edits = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(-40, 40), pieces), max_size=8)
    plain = st.lists(pieces, max_size=40).map(b"".join)
    bend = bent_word if target in ("word", "compare") else bent
    inputs = st.one_of(
        st.builds(lambda at, how: bend(seeds[at], how), st.integers(0, len(seeds) - 1), edits), plain
    )
    tried, finds = 0, 0
    last = [b""]

    @settings(max_examples=200, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(inputs)
    def one(data: bytes) -> None:
        nonlocal tried
        if time.monotonic() > until:
            return
        tried += 1
        began = time.process_time()
        try:
            TARGETS[target](data)
            assert time.process_time() - began < _SLOW, "too slow"
        except Exception:
            last[0] = data  # the smallest that fails comes last
            raise

    while time.monotonic() < until:
        try:
            one()
        except Exception:
            finds += 1
            name = folder / f"found-{hashlib.sha256(last[0]).hexdigest()[:12]}.bin"
            name.write_bytes(last[0])
            traceback.print_exc(limit=-6)  # the innermost frames
            print(f"{target}: {name}", flush=True)
            break
    print(f"{target}: {tried:,} inputs, {finds} finds", flush=True)
    return finds


def main(seconds: str, *targets: str) -> int:
    """Share the time between the targets."""
    chosen = targets or tuple(TARGETS)
    share = float(seconds) / len(chosen)
    return sum(fuzz(target, time.monotonic() + share) for target in chosen)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    sys.exit(1 if main(*sys.argv[1:]) else 0)
