// Words that are marked in an article's text can be added as a mention: the form opens with them.
"use strict";

(() => {
  const text = document.querySelector(".article-text");
  const bar = document.querySelector("[data-selection-bar]");
  const form = document.getElementById("form-add");
  if (!text || !bar || !form) return;

  // The marked words and how many characters stand before them, or nothing.
  const marked = () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return null;
    const words = range.toString().trim();
    if (!words) return null;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    return { words, near: before.toString().length };
  };

  let last = null;
  document.addEventListener("selectionchange", () => {
    const now = marked();
    if (now) last = now;
    bar.hidden = !now;
  });

  // A press on the button would take the marking away before the click.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.querySelector("[data-add-selection]").addEventListener("click", () => {
    if (!last) return;
    form.elements.quote.value = last.words;
    form.elements.near.value = last.near;
    form.closest("details").open = true;
    bar.hidden = true;
    form.elements.speaker.focus();
    form.scrollIntoView({ block: "center" });
  });
})();
