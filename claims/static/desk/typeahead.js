// A field that finds what one means as one types: a listbox under it, by keys or by pointer. Without it a number will do.
"use strict";

document.querySelectorAll("input[data-suggest]").forEach((input) => {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let asked = 0;
  let timer = 0;

  list.id = `${input.id}_list`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Claims found");
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  }).forEach(([name, value]) => input.setAttribute(name, value));

  const options = () => Array.from(list.children).filter((item) => item.matches("[role=option]"));

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (option) => {
    input.value = `${option.dataset.id}: ${option.dataset.text}`;
    close();
  };

  const point = (step) => {
    const all = options();
    if (!all.length) return;
    const here = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const next = all[(here + step + all.length + (here < 0 && step < 0 ? 1 : 0)) % all.length];
    all.forEach((option) => option.setAttribute("aria-selected", String(option === next)));
    input.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  };

  const show = ({ claims, more }) => {
    list.replaceChildren(...claims.map((claim) => {
      const item = document.createElement("li");
      item.id = `${list.id}_${claim.id}`;
      item.dataset.id = claim.id;
      item.dataset.text = claim.text;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = `${claim.id}: ${claim.text}${claim.story ? ` (story: ${claim.story})` : ""}`;
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(item); });
      return item;
    }));
    const said = claims.length ? `${claims.length}${more ? " or more" : ""} found` : "no claim found";
    status.textContent = more ? `${said}; more words narrow it down` : said;
    if (more || !claims.length) {
      const rest = document.createElement("li");
      rest.setAttribute("role", "presentation");
      rest.className = "hint";
      rest.textContent = claims.length ? "There are more: add a word." : "No claim has these words.";
      list.append(rest);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };

  const ask = async () => {
    const mine = ++asked;
    const address = new URL(input.dataset.suggest, location.href);
    address.searchParams.set("q", input.value);
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer || !answer.ok || mine !== asked) return;
    const found = await answer.json();
    if (mine === asked && document.activeElement === input) show(found);
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask(); else point(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !list.hidden) {
      const chosen = options().find((option) => option.getAttribute("aria-selected") === "true");
      event.preventDefault();
      if (chosen) choose(chosen); else close();
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
});
