"""Changes that the tests did not notice once; they are tried each time the tests run."""

FIXED = (
    # an open field note counts as answered
    "model/insights/freshness.py :: list_unanswered :: note.status != 'open' => note.status == 'open'",
    # an initiative without a due date
    "model/insights/freshness.py :: list_unfinished :: initiative.due is not None and "
    "initiative.due < today => initiative.due is not None or initiative.due < today",
    # the tolerance of a measure, and the figure that just keeps within it
    "model/insights/scorecard.py :: - :: 0.1 => 0.2",
    "model/insights/scorecard.py :: _compare :: abs(ahead) > room => abs(ahead) >= room",
    # a rename is taken for none, and a doubtful one for a rename
    "changes/comparison.py :: find_renames :: before.id in after.former_ids or after.id in "
    "before.former_ids => before.id in after.former_ids and after.id in before.former_ids",
    "changes/comparison.py :: _keep_unique :: before[old] == 1 and after[new] == 1 => "
    "before[old] == 1 or after[new] == 1",
    # leadership gets drafts, and what has ended
    "model/edition.py :: _Chooser.__init__ :: len(self._shown) == sum((1 for _ in strategy)) => "
    "len(self._shown) != sum((1 for _ in strategy))",
    # on the last day of its waiver a finding is back
    "checks/freshness.py :: find_expired_waivers :: waiver.until < context.today => "
    "waiver.until <= context.today",
    # money counts as time that is set aside
    "checks/focus.py :: find_unfunded :: row.time => not row.time",
    # a general document is part of every call, one for an offering of none
    "pages/call.py :: _of_asset :: entry.offerings => not entry.offerings",
    # an end without a beginning hides the theme's own scripts from the policy
    "site/csp.py :: find_inline :: start < 0 or end < start => start < 0 and end < start",
)
"""As `Change.name` has them; a changed line of the program needs its new words here."""
