// What is typed into a form of the desk is kept in this tab until it has been sent, and offered again where it was not.
// Kept per person and page, in sessionStorage; gone when the tab is closed, when it was taken, and at sign-out.
"use strict";

(() => {
  const PREFIX = "desk-draft:";
  const TAKEN = "_draft"; // the server's cookie: the form of this name was taken
  const user = document.querySelector("meta[name=desk-user]");
  const who = user?.content || "";
  const answer = Boolean(user && "answer" in user.dataset); // the page answers a form, and shows what was typed itself
  const store = window.sessionStorage;

  const drafts = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
  const forget = (wanted) => drafts().filter(wanted).forEach((key) => store.removeItem(key));

  const taken = document.cookie.split("; ").find((pair) => pair.startsWith(`${TAKEN}=`));
  if (taken) {
    const name = decodeURIComponent(taken.slice(TAKEN.length + 1).replace(/^"|"$/g, ""));
    forget((key) => key === PREFIX + name);
    document.cookie = `${TAKEN}=; path=/; max-age=0; samesite=lax`;
  }
  if (!who) return; // the sign-in page: what is kept waits for its owner
  forget((key) => !key.startsWith(`${PREFIX}${who}:`));

  const TEXT = "textarea, input:not([type]), input[type=text], input[type=url], input[type=email], input[type=number]";
  const SKIP = new Set(["hidden", "password", "submit", "button", "file", "image", "reset"]);
  const fields = (form) => Array.from(form.elements).filter((field) => field.name && !SKIP.has(field.type) && !field.readOnly);

  // Every value as [name, value] pairs; of boxes and options only those that are chosen.
  const values = (form) => fields(form).flatMap((field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked ? [[field.name, field.value]] : [];
    if (field.type === "select-multiple") return Array.from(field.selectedOptions, (option) => [field.name, option.value]);
    return [[field.name, field.value]];
  });

  const put = (form, kept) => {
    fields(form).forEach((field) => {
      const mine = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value);
      else if (field.type === "select-multiple") Array.from(field.options).forEach((o) => { o.selected = mine.includes(o.value); });
      else if (mine.length) [field.value] = mine;
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const offer = (form, key, kept) => {
    const box = document.createElement("div");
    box.className = "notice draft-offer";
    box.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = `You typed something here at ${kept.time} that was not sent.`;
    const button = (label, done) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button";
      made.textContent = label;
      made.addEventListener("click", () => { done(); box.remove(); });
      return made;
    };
    box.append(
      text,
      button("Put it back", () => { put(form, kept.values); const folded = form.closest("details"); if (folded) folded.open = true; }),
      " ",
      button("Throw it away", () => store.removeItem(key)),
    );
    form.before(box);
    const folded = form.closest("details");
    if (folded) folded.open = true;
  };

  const keep = (form, key, atFirst) => {
    const now = JSON.stringify(values(form));
    if (now === atFirst) { store.removeItem(key); return; }
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    try { store.setItem(key, JSON.stringify({ time, values: values(form) })); } catch { /* the tab's store is full: nothing is kept */ }
  };

  const watch = (form, number) => {
    const key = `${PREFIX}${who}:${location.pathname}:${form.id || number}`;
    const atFirst = JSON.stringify(values(form));
    const kept = JSON.parse(store.getItem(key) || "null");
    if (kept && !answer && JSON.stringify(kept.values) !== atFirst) offer(form, key, kept);
    const changed = () => keep(form, key, atFirst);
    // A box outside the form may belong to it, so the page listens.
    document.addEventListener("input", (event) => { if (event.target === form || event.target.form === form) changed(); });
    form.addEventListener("submit", () => {
      let mark = form.querySelector(`input[name=${TAKEN}]`);
      if (!mark) {
        mark = Object.assign(document.createElement("input"), { type: "hidden", name: TAKEN });
        form.append(mark);
      }
      mark.value = key.slice(PREFIX.length);
    });
  };

  document.getElementById("logout-form")?.addEventListener("submit", () => forget(() => true));
  Array.from(document.querySelectorAll("#content form[method=post]"))
    .filter((form) => !["changelist-form", "unsent-form"].includes(form.id) && form.querySelector(TEXT))
    .forEach(watch);
})();
