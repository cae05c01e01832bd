"use strict";
{
  const filter = document.getElementById("filter");
  const found = document.getElementById("found");
  const articles = Array.from(document.querySelectorAll("article.operation"));
  const entries = new Map();
  for (const link of document.querySelectorAll("nav li li > a")) {
    const anchor = link.hash.slice(1);
    entries.set(anchor, [...(entries.get(anchor) ?? []), link.parentElement]);
  }
  const find = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const article of articles) {
      const hidden = !words.every((word) => article.dataset.find.includes(word));
      article.hidden = hidden;
      for (const entry of entries.get(encodeURI(article.id)) ?? entries.get(article.id) ?? []) entry.hidden = hidden;
      if (!hidden) count += 1;
    }
    for (const section of document.querySelectorAll("section.tag")) {
      section.hidden = !section.querySelector("article:not([hidden])");
    }
    for (const group of document.querySelectorAll("nav li.group")) {
      group.hidden = !group.querySelector("li:not([hidden])");
    }
    found.value = words.length ? `${count} of ${articles.length}` : "";
  };
  if (articles.length > 1) filter.closest("p").hidden = false;
  filter.addEventListener("input", find);
  // On a phone, the contents fold up again behind whoever has chosen.
  document.querySelector("nav ul").addEventListener("click", (event) => {
    if (event.target.closest("a")) document.querySelector(".contents").open = false;
  });
}
