import { defineConfig } from "html-validate";

export default defineConfig({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Valid either way; ours is the lower-case form that Django's own templates use.
    "doctype-style": ["error", { style: "lowercase" }],
    // White space at line ends comes from template tags. It is not seen and weighs nothing once compressed.
    "no-trailing-whitespace": "off",
    // A title holds a goal's official wording, however long that is; what the page is comes first.
    "long-title": "off",
    // ARIA lets lists be named; the rule's default asks for more than ARIA does.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
  },
});
