"""Why a count sheet cannot be used, in the clerk's words."""

from app.core.errors import Refused, marked


class UnknownSheet(Refused):
    template = marked("There is no count sheet {number}.")


class NothingToCount(Refused):
    template = marked("No stock lies in {scope}, so there is nothing to count.")


class AlreadyOnSheet(Refused):
    template = marked(
        "{item} at {location} is on count sheet {sheet}, which is still open. Post or cancel that"
        " sheet first."
    )


class SheetNotOpen(Refused):
    template = marked("Count sheet {sheet} is {state}, so it can no longer be counted.")


class SheetNotPosted(Refused):
    template = marked("Count sheet {sheet} is {state}; only a posted one can be reversed.")


class NothingCounted(Refused):
    template = marked("Nothing is counted on sheet {sheet} yet. Enter or import the counts first.")


class CannotPost(Refused):
    template = marked(
        "Sheet {sheet} cannot be posted; lines that stand in the way: {count}. The first: {item} at"
        " {location}: {reason}"
    )


class ReviewIsStale(Refused):
    template = marked("Stock or counts have changed since the review. Look at the variances again.")


class OtherSheet(Refused):
    template = marked("{file} belongs to another count sheet ({found}), not to {wanted}.")


class NewerWorkbook(Refused):
    template = marked(
        "{file} was made by a newer version of Stockroom. Bring this one up to date and try again."
    )


class WhichSheet(Refused):
    template = marked(
        "{file} does not say which count sheet it is. Choose the sheet and try again."
    )


class NoCountColumns(Refused):
    template = marked(
        "{file} has no sheet with the headings of a count: {wanted}. Missing: {missing}."
    )


class LotNeeded(Refused):
    template = marked("{item} is tracked by {tracking}: scan or type which one you counted.")


class CountedSince(Refused):
    template = marked(
        "{item} at {location} was counted again since that scan, so nothing was taken back."
    )


class SerialTwice(Refused):
    template = marked("Serial {lot} of {item} is counted already; it stands for one piece.")
