// The tables stand in the page; this adds the diagram and the search.

/** The id that a link of the page leads to: an id may hold a percent sign, so nothing is decoded. */
function idOf(link) {
  return link.getAttribute("href").slice(1);
}

if (document.getElementById("contents").childElementCount > 0) {
  new Search();
}
if (document.getElementById("diagram") !== null) {
  new Diagram(readTables());
}
