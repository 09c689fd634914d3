"""For whoever checks later: revisions verified, values traced, copies identified, the audit paper.

Hands out nothing of its own: a front asks one module a question. Leans on `drafting` and the rooms above
it; it reads revisions and renders by the pipeline that made them, never by another path.
"""
