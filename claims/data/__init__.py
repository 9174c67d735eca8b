"""What a fresh desk starts with, as plain files; an editor corrects it on the desk."""
