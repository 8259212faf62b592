"""What pages with an item explorer need beside the common style."""

STYLE = """
.scale { stroke: var(--line); } .whisker { stroke: var(--blue); stroke-width: 2; } .dot { fill: var(--blue); } .grid { stroke: var(--line); }
.curve { fill: none; stroke: var(--blue); stroke-width: 2; } svg .name { fill: var(--ink); }
.big { font-size: 2.6rem; font-weight: 650; line-height: 1.1; font-variant-numeric: tabular-nums; margin: 1rem 0 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 0 3rem; align-items: start; }
.columns h2 { margin-top: 2rem; }
.meter { display: inline-block; height: .7rem; background: var(--blue); border-radius: .2rem; min-width: 2px; }
#filters { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
#filters label { display: grid; gap: .15rem; } #filters span { font-size: .86rem; color: var(--soft); }
#filters select, #filters input { max-width: 14rem; }
.panes { display: grid; grid-template-columns: minmax(15rem, 1fr) 3fr; gap: 1.5rem; align-items: start; }
.pane { max-height: 80vh; overflow-y: auto; border: 1px solid var(--line); border-radius: .5rem; }
#list { list-style: none; margin: 0; padding: 0; }
#list button { display: flex; gap: .6rem; width: 100%; text-align: left; background: none; border: 0; border-bottom: 1px solid var(--line);
  border-radius: 0; padding: .55rem .75rem; cursor: pointer; font-size: .92rem; line-height: 1.4; }
#list button:focus-visible { outline-offset: -3px; }
#list [aria-current] { background: var(--bluewash); }
.sign { color: var(--soft); white-space: nowrap; } .wrong .sign { color: var(--red); } .right .sign { color: var(--green); }
#more { width: 100%; border: 0; border-radius: 0; }
#detail { padding: 0 1.25rem 1.25rem; }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 0 2rem; }
.question { font-size: 1.15rem; margin-bottom: .25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .9rem; margin: .5rem 0; }
dt { color: var(--soft); font-size: .92rem; } dd { margin: 0; min-width: 0; }
.answer { border-top: 1px solid var(--line); margin-top: 1rem; } .article { max-width: 40rem; unicode-bidi: isolate; }
.article p { margin: .6rem 0; }
pre { white-space: pre-wrap; background: var(--wash); padding: .6rem .8rem; border-radius: .4rem; max-height: 24rem; overflow: auto; }
mark { background: none; color: inherit; }
mark.evidence { background: var(--wash); }
mark.gold { background: var(--greenwash); border-bottom: 2px solid var(--green); }
mark.said0 { outline: 2px dashed var(--blue); outline-offset: 1px; } mark.said1 { box-shadow: 0 0 0 2px var(--amber); }
.legend mark { padding: 0 .25rem; } .legend { display: flex; gap: 1.25rem; flex-wrap: wrap; }
@media (max-width: 60rem) { .panes { grid-template-columns: 1fr; } #listpane { max-height: 18rem; } #detailpane { max-height: none; } }
@media print { .pane { max-height: none; overflow: visible; border: 0; } #explorer { display: none; } }
"""
