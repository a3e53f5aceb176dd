"""The form with which somebody uploads a table: read as far as to tell that it is one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.tables.findings import TableError
from editing.tables.reading import MAX_BYTES


class UploadForm(forms.Form):
    """A file. `content` is what it holds; `look` reads it, and raises TableError where it holds no table."""

    file = forms.FileField(
        label=_("file"), max_length=200, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"})
    )
    content: bytes

    def clean_file(self) -> Any:
        """The uploaded file, its content read. Refused where it holds no table."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(gettext("The file is larger than 10 megabytes."))
        self.content = file.read()
        try:
            self.look(file.name)
        except TableError as error:
            raise ValidationError(str(error)) from error
        return file

    def look(self, name: str) -> None:
        """Read the content of the file of this name."""
        raise NotImplementedError
