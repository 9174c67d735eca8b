// Keyboard first: single keys move, tick and open; "g" and a letter goes to a page. All are listed behind "?".
"use strict";

(() => {
  const OFF = "desk-shortcuts-off";
  const dialog = document.getElementById("shortcuts");
  const off = () => localStorage.getItem(OFF) === "1";
  let prefix = 0;
  let pressed = false;

  const typing = (target) =>
    target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName) ||
    (target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type));

  const openHelp = () => dialog && !dialog.open && dialog.showModal();

  const rows = () => Array.from(document.querySelectorAll("#result_list tbody tr, [data-row]"))
    .filter((row) => row.checkVisibility());
  const current = () => document.querySelector("[data-current]") || document.activeElement.closest("#result_list tbody tr, [data-row]");

  const standOn = (row) => {
    document.querySelectorAll("[data-current]").forEach((other) => other.removeAttribute("data-current"));
    if (row) row.setAttribute("data-current", "");
  };

  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const here = all.indexOf(current());
    const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1)];
    standOn(next);
    const target = next.matches("[data-row]") ? next : next.querySelector("th a, td a") || next;
    target.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };

  const tick = () => {
    const row = current();
    const box = row && row.querySelector("input[type=checkbox]");
    if (box) box.click();
  };

  const open = () => {
    const row = current();
    const link = row && row.querySelector("th a, td a, a");
    if (link) link.click();
    return Boolean(link);
  };

  // A key of the row that one is on goes before a key of the page; those of other rows are silent.
  const targetOf = (key) => {
    const named = `[data-key="${CSS.escape(key)}"]`;
    const row = current();
    return (row && row.querySelector(named)) ||
      Array.from(document.querySelectorAll(named)).find((found) => !found.closest("[data-row]"));
  };

  // An answer that can be undone is given at once, and once only.
  const press = (key, held) => {
    const target = targetOf(key);
    if (!target || !target.matches("[data-press]")) return false;
    if (!pressed && !held) { pressed = true; target.click(); }
    return true;
  };

  const byKey = (key) => {
    const target = targetOf(key);
    if (!target || target.disabled) return false;
    if (target.matches('a[href^="#"]')) {
      const place = document.querySelector(target.getAttribute("href"));
      const row = place && place.querySelector("[data-row]");
      standOn(row);
      (row || target).focus();
      (row || place).scrollIntoView({ block: "center" });
    } else if (target.matches("a")) target.click(); // links go at once; a button that changes something is only focused
    else {
      const folded = target.closest("details");
      if (folded) folded.open = true;
      const form = target.closest("form");
      // Where nothing has to be filled in, Enter does it at once.
      const fill = form && !form.hasAttribute("data-at-once");
      const field = (fill && form.querySelector("input:not([type=hidden]), textarea, select")) || target;
      field.focus();
      field.scrollIntoView({ block: "center" });
    }
    return true;
  };

  const plain = {
    "?": openHelp,
    "/": () => { const box = document.getElementById("searchbar"); if (box) { box.focus(); box.select(); } },
    j: () => move(1),
    k: () => move(-1),
    x: tick,
  };

  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || (dialog && dialog.open)) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const key = event.key;
    if (Date.now() - prefix < 1500) {
      prefix = 0;
      if (byKey(`g ${key}`)) event.preventDefault();
      return;
    }
    if (key === "g") { prefix = Date.now(); return; }
    if (key === "Enter") {
      if (document.activeElement.matches("[data-row]") && open()) event.preventDefault();
      return;
    }
    if (press(key, event.repeat)) { event.preventDefault(); return; }
    if (plain[key]) { plain[key](); event.preventDefault(); return; }
    if (key.length === 1 && byKey(key)) event.preventDefault();
  });

  window.addEventListener("pageshow", () => { pressed = false; });

  const reload = document.querySelector("[data-reload]");
  if (reload) setTimeout(() => location.reload(), Number(reload.dataset.reload));

  document.querySelectorAll("[data-open=shortcuts]").forEach((button) => button.addEventListener("click", openHelp));
  document.querySelectorAll("[data-shortcuts-off]").forEach((box) => {
    box.checked = off();
    box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "1" : "0"));
  });
})();
