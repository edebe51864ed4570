import assert from "node:assert/strict";
import { test } from "node:test";

const spoken = {
  "Gone: %(name)s": "Fort: %(name)s",
  "%(num)s post": { zero: "لا", one: "واحد", two: "اثنان", few: "%(num)s قليل", many: "%(num)s كثير", other: "%(num)s" },
};

test("a page in English says what stands in the script", async () => {
  const { _, ngettext, VIEW } = await import("../../static/js/models/gettext.js?english");
  assert.equal(_("Gone: %(name)s, 5 %% of it", { name: "Ada" }), "Gone: Ada, 5 % of it");
  assert.equal(ngettext("%(num)s post", "%(num)s posts", 1), "1 post");
  assert.equal(ngettext("%(num)s post", "%(num)s posts", 0), "0 posts");
  assert.equal(VIEW, "html");
});

test("another page says what stands in the page, by the plurals of its language", async (t) => {
  globalThis.document = {
    documentElement: { lang: "ar" },
    querySelector: (wanted) => wanted === "script#script-words" && { textContent: JSON.stringify(spoken) },
  };
  t.after(() => delete globalThis.document);
  const { _, ngettext, VIEW } = await import("../../static/js/models/gettext.js?arabic");
  assert.equal(_("Gone: %(name)s", { name: "Ada" }), "Fort: Ada");
  assert.equal(_("New"), "New");
  assert.deepEqual(
    [0, 1, 2, 3, 11, 100].map((number) => ngettext("%(num)s post", "%(num)s posts", number)),
    ["لا", "واحد", "اثنان", "3 قليل", "11 كثير", "100"],
  );
  assert.equal(VIEW, "html-ar");
});
