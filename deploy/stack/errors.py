"""What ends `make stack`."""


class StackError(Exception):
    """It cannot go on; `str()` of it says what is wrong and what to do, in German."""


class Ended(Exception):
    """Somebody asked it to end."""
