"""`make stack`: the production layout on one machine, with the files of deploy/ filled in for a folder of its own."""
