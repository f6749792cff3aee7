/** The whole style of the page. Nothing is loaded, so that the page works without a network. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #fbfbf9; --card: #fff; --line: #e4e3dc; --text: #1d1e20; --quiet: #63666d;
  --accent: #0b6e5f; --client: #8a4b08; --server: #1f4fa8; --warn: #a3262a; --code: #f3f2ec;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131416; --card: #1a1c1f; --line: #2e3136; --text: #e8e8e4; --quiet: #9aa0a8;
    --accent: #58c9b4; --client: #f0b06a; --server: #8fb4ff; --warn: #ff8f8a; --code: #212429;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; }
body {
  margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr);
  background: var(--ground); color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre, .path, kbd { font-family: var(--mono); font-size: 0.9em; overflow-wrap: anywhere; }
nav {
  position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem 2rem 1.5rem;
  border-right: 1px solid var(--line); font-size: 14px;
}
nav .brand { margin: 0 0 1rem; font-weight: 650; font-size: 1.05rem; line-height: 1.3; overflow-wrap: anywhere; }
nav .brand a { color: inherit; }
nav .brand span { color: var(--quiet); font-weight: 400; font-size: 0.85em; }
nav h6 { margin: 1.4rem 0 0.3rem; font-size: 13px; font-weight: 650; overflow-wrap: anywhere; }
nav h6 a { color: var(--text); }
nav ul { list-style: none; margin: 0; padding: 0; border-left: 1px solid var(--line); }
nav li a { display: block; padding: 0.12rem 0 0.12rem 0.8rem; color: var(--quiet); overflow-wrap: anywhere; }
nav li a:hover { color: var(--text); text-decoration: none; }
nav li a::before { display: inline-block; width: 1.25em; font-family: var(--mono); }
nav .to-client a::before { content: '→'; color: var(--client); }
nav .to-server a::before { content: '←'; color: var(--server); }
nav .to-channel a::before { content: '#'; color: var(--accent); }
.search { position: relative; }
.search[hidden] { display: none; }
.search input {
  width: 100%; padding: 0.45rem 2rem 0.45rem 0.7rem; border: 1px solid var(--line); border-radius: 8px;
  background: var(--card); color: inherit; font: inherit;
}
.search kbd {
  position: absolute; right: 0.55rem; top: 50%; transform: translateY(-50%); padding: 0 0.4em;
  border: 1px solid var(--line); border-radius: 4px; color: var(--quiet); pointer-events: none;
}
.search input:focus + kbd { display: none; }
#found { margin: 0.4rem 0 0; min-height: 1.4em; color: var(--quiet); font-size: 13px; }
main { padding: 2.5rem clamp(1.2rem, 4vw, 3.5rem) 6rem; max-width: 78rem; min-width: 0; }
.masthead { padding-bottom: 1.6rem; border-bottom: 1px solid var(--line); }
.masthead h1 { margin: 0; font-size: clamp(1.8rem, 4vw, 2.6rem); line-height: 1.15; letter-spacing: -0.02em; overflow-wrap: anywhere; }
.masthead p { max-width: 44rem; }
.masthead .tags { margin-bottom: 0; }
section { margin-top: 3rem; }
section > h2, .intro > h2 { margin: 0 0 0.2rem; font-size: 1.6rem; letter-spacing: -0.01em; }
h3 { margin: 2.4rem 0 0.8rem; font-size: 0.8rem; font-weight: 650; letter-spacing: 0.08em; text-transform: uppercase; color: var(--quiet); }
h4 { margin: 0; font: 600 1.1rem/1.4 var(--mono); }
h5 { margin: 1.2rem 0 0.4rem; font-size: 0.85rem; font-weight: 600; color: var(--quiet); }
h5 .type { font-family: var(--mono); font-weight: 500; }
.anchor { color: inherit; }
.anchor:hover::after { content: ' #'; color: var(--quiet); }
p { margin: 0.5rem 0; }
.path { margin: 0; font-size: 1.05rem; color: var(--quiet); }
.path b, .name b { color: var(--accent); font-weight: 600; }
.quiet, .uses { color: var(--quiet); }
.uses { font-size: 0.85rem; margin-top: 0.9rem; }
.uses a { margin-left: 0.5em; font-family: var(--mono); }
.message, .type-card, .channel > .intro {
  margin: 1rem 0; padding: 1.1rem 1.3rem 1.2rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px;
}
.message { border-left: 3px solid var(--server); }
.message.from-client { border-left-color: var(--client); }
.channel > .intro { border-left: 3px solid var(--accent); }
.channel > .message { margin-left: 1.5rem; }
article header, .channel header { display: flex; flex-wrap: wrap; gap: 0.4rem 0.5rem; align-items: center; }
.tag {
  display: inline-block; padding: 0.05rem 0.55rem; border: 1px solid var(--line); border-radius: 99px;
  font-size: 12px; line-height: 1.6; color: var(--quiet); margin-right: 0.3rem;
}
header .tag { margin-right: 0; }
.tag.kind { background: var(--code); color: var(--text); border-color: transparent; }
.tag.warn, .error > .payload > h5 { color: var(--warn); }
.tag.warn { border-color: currentColor; }
.columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(14rem, 2fr); gap: 1.2rem; align-items: start; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; font-weight: 500; color: var(--quiet); font-size: 12px; }
th, td { padding: 0.4rem 0.9rem 0.4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child td { border-bottom: 0; }
td { overflow-wrap: anywhere; }
td:first-child { min-width: 6rem; }
td i { color: var(--quiet); font-style: normal; }
.schema td:nth-child(1), .schema th:nth-child(1) { width: 30%; }
.schema td:nth-child(2), .schema th:nth-child(2) { width: 25%; }
.required { margin-left: 0.2em; font-weight: 500; font-size: 11px; color: var(--client); }
.limit { display: inline-block; padding: 0 0.4em; border-radius: 4px; background: var(--code); font: 12px/1.6 var(--mono); overflow-wrap: anywhere; }
.gone code { text-decoration: line-through; }
.depth-1 td:first-child { padding-left: 1.1rem; }
.depth-2 td:first-child { padding-left: 2.2rem; }
.depth-3 td:first-child { padding-left: 3.3rem; }
.depth-4 td:first-child { padding-left: 4.4rem; }
.depth-5 td:first-child { padding-left: 5.5rem; }
.depth-6 td:first-child { padding-left: 6.6rem; }
figure { margin: 0 0 0.8rem; }
figcaption { font-size: 12px; color: var(--quiet); padding: 0.4rem 0; }
pre { margin: 0; padding: 0.8rem 1rem; background: var(--code); border-radius: 8px; overflow-x: auto; line-height: 1.5; font-size: 13px; }
pre code { font-size: inherit; overflow-wrap: normal; }
:target { scroll-margin-top: 1.5rem; }
article:target, .intro:target { box-shadow: 0 0 0 2px var(--accent); }
.away { display: none; }
.searching h3 { display: none; }
@media (max-width: 62rem) { .columns { grid-template-columns: minmax(0, 1fr); gap: 0; } }
@media (max-width: 46rem) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 60vh; border-right: 0; border-bottom: 1px solid var(--line); padding: 1.2rem; }
  nav ul { columns: 2; }
  main { padding: 1.5rem 1.2rem 4rem; }
  .channel > .message { margin-left: 0; }
}
@media print {
  :root { --ground: #fff; --card: #fff; --code: #f5f5f5; --text: #000; --quiet: #444; --line: #bbb; }
  body { display: block; font-size: 11px; }
  nav, .anchor:hover::after { display: none; }
  main { max-width: none; padding: 0; }
  .message, .channel > .intro, .type-card, figure { break-inside: avoid-page; }
  pre { white-space: pre-wrap; }
  .away { display: revert; }
}
`
