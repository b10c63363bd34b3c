/** The style of the documentation page: no fonts, images or scripts from anywhere; readable on screen and on A4. */
export const DOCS_STYLE = `
:root{--ink:#1c2733;--soft:#5a6b7b;--line:#d9e0e7;--back:#fff;--tint:#f5f7fa;--accent:#0b5cad;--get:#1a7f4b;--post:#9a5b00}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9fb0c0;--line:#33414f;--back:#141b22;--tint:#1c2630;--accent:#7db8f5;--get:#5fd39a;--post:#f0b45c}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
body{margin:0;color:var(--ink);background:var(--back);font:16px/1.65 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
.page{display:grid;grid-template-columns:19rem minmax(0,1fr);max-width:86rem;margin:0 auto}
nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:1.5rem 1rem 2rem;border-right:1px solid var(--line);font-size:.9rem}
nav h2{margin:1.2rem 0 .3rem;font-size:.9rem;color:var(--soft);font-weight:600}
nav ol{list-style:none;margin:0;padding:0}nav li a{display:block;padding:.15rem .4rem;border-radius:4px}nav li a:hover{background:var(--tint)}
main{padding:2rem 2.5rem 4rem;min-width:0}
h1{font-size:2rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.5rem;margin:3rem 0 1rem;padding-bottom:.3rem;border-bottom:2px solid var(--line)}
h3{font-size:1.15rem;margin:0 0 .2rem}h4{font-size:.95rem;margin:1.2rem 0 .4rem;color:var(--soft)}
.en{color:var(--soft)}h2 .en,h3 .en{font-weight:400;font-size:.85em}
article{border:1px solid var(--line);border-radius:8px;padding:1.2rem 1.4rem;margin:0 0 1.4rem}
.route{font-family:ui-monospace,Consolas,monospace;font-size:.95rem;margin:.4rem 0;overflow-wrap:anywhere}
.method{display:inline-block;min-width:3.6em;text-align:center;border-radius:4px;padding:0 .4em;margin-right:.6em;color:var(--back);font-weight:700;background:var(--get)}
.post{background:var(--post)}
.role{display:inline-block;border:1px solid var(--line);border-radius:1em;padding:0 .7em;margin:0 .3em .3em 0;font-size:.85rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600;white-space:nowrap}td:first-child{white-space:nowrap}
code{font-family:ui-monospace,Consolas,monospace;font-size:.92em}pre{background:var(--tint);border-radius:6px;padding:.8rem 1rem;overflow:auto;font-size:.85rem;line-height:1.5}
.need{color:#c0392b}
@media (max-width:60rem){.page{display:block}nav{position:static;max-height:40vh;border-right:0;border-bottom:1px solid var(--line)}main{padding:1.2rem}table{display:block;overflow-x:auto}td,th,code,li,p,h1,h2,h3,nav a{overflow-wrap:anywhere}}
@media print{.page{display:block}nav{display:none}body{font-size:10.5pt}article{break-inside:avoid;border-color:#999}pre{white-space:pre-wrap}a{color:inherit}}
`;
