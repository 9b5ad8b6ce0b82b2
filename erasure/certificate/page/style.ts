/** Light and dark, narrow and wide, and one sheet of paper for a small request. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #566072; --line: #d9dee6; --paper: #fff; --back: #eef1f5; --good: #0b6b4f; --open: #8a4b00; --bad: #a3262a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #a3adbb; --line: #37404d; --paper: #1a2029; --back: #10141a; --good: #5fd3ac; --open: #f0b35f; --bad: #ff9a98; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { max-width: 820px; margin: 24px auto; padding: 28px 36px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
h1 { font-size: 24px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 15px; margin: 20px 0 6px; padding-top: 12px; border-top: 1px solid var(--line); }
p, ul, dl { margin: 4px 0 8px; }
ul { padding-left: 20px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; }
dt, .soft { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.state { font-weight: 600; margin: 12px 0; padding: 10px 14px; border: 1px solid; border-radius: 6px; }
.final { color: var(--good); }
.open { color: var(--open); }
.test { color: var(--bad); }
table { width: 100%; border-collapse: collapse; margin: 4px 0 8px; }
th, td { text-align: left; vertical-align: top; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--soft); }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
code, pre { font: 12.5px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { overflow-wrap: anywhere; }
pre { margin: 4px 0 8px; padding: 8px 10px; border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
summary { cursor: pointer; }
@media (max-width: 600px) {
	main { margin: 0; padding: 18px 16px; border: 0; border-radius: 0; }
	dl { grid-template-columns: 1fr; gap: 0; }
	dd { margin-bottom: 6px; }
	thead { display: none; }
	tr { display: block; padding: 6px 0; border-bottom: 1px solid var(--line); }
	td { display: block; border: 0; padding: 1px 0; }
	td[data-name]::before { content: attr(data-name) ': '; color: var(--soft); }
	.number { text-align: left; }
}
@media print {
	:root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --back: #fff; --good: #000; --open: #000; --bad: #000; color-scheme: light; }
	@page { size: A4; margin: 11mm 13mm; }
	body { font-size: 8.8pt; line-height: 1.25; }
	main { margin: 0; padding: 0; border: 0; max-width: none; }
	h1 { font-size: 16pt; }
	h2 { font-size: 10.5pt; margin: 6px 0 2px; padding-top: 4px; }
	h2, tr, li { break-inside: avoid; }
	p, ul, dl, table, pre { margin: 2px 0 4px; }
	.state { margin: 5px 0; padding: 4px 10px; }
	td, th { padding: 2px 8px 2px 0; }
	code, pre { font-size: 7.4pt; }
	pre { padding: 4px 8px; }
	details { display: none; }
}
`;
