import { DARK, inkOn, LIGHT, readableOn } from '../colours.ts';

/** The colours of a page: what somebody chose, moved until it can be read on light and on dark ground. */
function colours(colour: string): string {
  return `:root{--a:${colour};--i:${inkOn(colour)};--l:${readableOn(colour, LIGHT)}}@media(prefers-color-scheme:dark){:root{--l:${readableOn(colour, DARK)}}}`;
}

const STYLE = `:root{color-scheme:light dark;--c:#f5f7f8;--s:#fff;--b:#e5e9eb;--k:#848f96;--t:#11181c;--u:#434e56;--v:#5c6870;
--g:#1a6839;--gs:#23804a;--gb:#e9f5ed;--gl:#b2d8bf;--bar:#8cc5a2;--w:#7a4c00;--ws:#9c6203;--wb:#fef5e0;--wl:#e9cc8c;--r:#ab1f22;--rs:#c42b2d;--rb:#fdeeec;--rl:#f0bdb7;
--n:#3f4fa6;--ns:#5365c2;--nb:#eff1fb;--nl:#c3caed;--q:#b5bec4}
@media(prefers-color-scheme:dark){:root{--c:#0b0f11;--s:#11161a;--b:#232b30;--k:#6b7880;--t:#e9eef0;--u:#adb8be;--v:#93a0a7;
--g:#80d09b;--gs:#3f9d66;--gb:#10231a;--gl:#24513a;--bar:#2f6b49;--w:#f0c36d;--ws:#d99f30;--wb:#261d0c;--wl:#5b4519;--r:#ff9f97;--rs:#ef655d;--rb:#2b1413;--rl:#6a2b28;
--n:#aeb9fb;--ns:#8793e6;--nb:#171b33;--nl:#38427c;--q:#3d474d}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--c);color:var(--t);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
a{color:var(--l)}a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible{outline:3px solid var(--l);outline-offset:2px;border-radius:4px}
.band{height:6px;background:var(--a)}.w{max-width:760px;margin:0 auto;padding:0 20px}
header{display:flex;align-items:center;gap:16px;padding:28px 0 24px}header img{max-height:44px;max-width:180px}
header h1{font-size:20px;line-height:1.3;margin:0;font-weight:650;flex:1}header h1 a{color:inherit;text-decoration:none}
.go,button{display:inline-block;font:600 15px/20px inherit;font-family:inherit;background:var(--a);color:var(--i);border:0;border-radius:8px;padding:11px 18px;text-decoration:none;cursor:pointer;white-space:nowrap}
.now{display:flex;gap:16px;align-items:center;border:1px solid;border-radius:14px;padding:22px 24px;margin:0 0 12px}
.now h2{font-size:24px;line-height:1.25;margin:0;font-weight:650;letter-spacing:-.01em;color:inherit}.now svg{flex:none;width:36px;height:36px}
.about{color:var(--u);margin:0 0 20px}
.good{background:var(--gb);border-color:var(--gl);color:var(--g)}.slow{background:var(--wb);border-color:var(--wl);color:var(--w)}.bad{background:var(--rb);border-color:var(--rl);color:var(--r)}.work{background:var(--nb);border-color:var(--nl);color:var(--n)}
section{margin:36px 0}section>h2{font-size:18px;line-height:1.3;margin:0 0 12px;font-weight:650}
.card{background:var(--s);border:1px solid var(--b);border-radius:14px;margin:0 0 14px}
.row{padding:16px 20px}.row+.row{border-top:1px solid var(--b)}.head{display:flex;justify-content:space-between;gap:16px;align-items:baseline}
.head h3{font-size:16px;margin:0;font-weight:600}.state{font-size:15px;font-weight:600;white-space:nowrap;display:inline-flex;gap:7px;align-items:center}.state svg{width:14px;height:14px}
.tg{color:var(--g)}.tw{color:var(--w)}.tr{color:var(--r)}.tn{color:var(--n)}.group{font-size:13px;font-weight:650;color:var(--v);margin:18px 4px 8px;letter-spacing:.02em}
.row p{margin:2px 0 0;color:var(--u);font-size:14px}.bars{display:block;width:100%;height:30px;margin:12px 0 4px}.bars .g{fill:var(--bar)}.bars .w{fill:var(--ws)}.bars .r{fill:var(--rs)}.bars .q{fill:var(--q)}
.foot{display:flex;justify-content:space-between;gap:12px;font-size:13px;color:var(--v)}
.post{padding:18px 20px;border-left:5px solid var(--k)}.post.good{border-left-color:var(--gs)}.post.slow{border-left-color:var(--ws)}.post.bad{border-left-color:var(--rs)}.post.work{border-left-color:var(--ns)}
.post.good,.post.slow,.post.bad,.post.work{background:var(--s);color:var(--t);border-color:var(--b)}.post.slow{border-left-color:var(--ws)}.post.bad{border-left-color:var(--rs)}.post.work{border-left-color:var(--ns)}.post.good{border-left-color:var(--gs)}
.post h3{font-size:17px;line-height:1.35;margin:0}.post h3 a{color:inherit;text-decoration-color:var(--k);text-underline-offset:3px}.meta{margin:4px 0 0;color:var(--v);font-size:14px}
ol{list-style:none;margin:16px 0 0;padding:0}ol li{padding:0 0 16px 18px;border-left:2px solid var(--b);position:relative;margin-left:5px}ol li:last-child{padding-bottom:0;border-color:transparent}
ol li:before{content:"";position:absolute;left:-6px;top:7px;width:10px;height:10px;border-radius:50%;background:var(--s);border:2px solid var(--k)}ol li:first-child:before{background:var(--k)}
li strong{font-weight:650}li time{color:var(--v);font-size:14px;margin-left:8px}li div{margin-top:2px;white-space:pre-line}
form{display:flex;flex-wrap:wrap;gap:10px;align-items:end}label{font-size:14px;font-weight:600;flex:1 1 260px}input[type=email],input[type=url]{display:block;width:100%;font:16px/24px inherit;font-family:inherit;color:var(--t);background:var(--s);border:1px solid var(--k);border-radius:8px;padding:9px 12px;margin-top:6px}
fieldset{border:0;padding:0;margin:0;flex:1 1 100%;font-size:14px}fieldset label{font-weight:400;display:inline-flex;gap:8px;align-items:center;flex:none;margin:6px 18px 0 0;min-height:28px}legend{font-weight:600;padding:0}input[type=checkbox]{width:18px;height:18px;accent-color:var(--l)}
.follow{padding:20px}.follow p{margin:0 0 14px;color:var(--u)}details{border-top:1px solid var(--b);margin-top:18px;padding-top:14px}summary{cursor:pointer;font-weight:600;font-size:15px;min-height:28px}details form{margin-top:12px}
.trap{position:absolute;left:-9999px}.none{color:var(--u);margin:0}footer{margin:40px 0 48px;padding-top:18px;border-top:1px solid var(--b);font-size:14px;color:var(--v);display:flex;flex-wrap:wrap;gap:6px 20px}
@media(max-width:520px){.w{padding:0 16px}header{padding:20px 0 18px;gap:12px}.now{padding:18px}.now h2{font-size:20px}.now svg{width:30px;height:30px}.go{padding:11px 14px}.row{padding:14px 16px}.post{padding:16px}.foot span:nth-child(2){display:none}li time{display:block;margin-left:0}form button{flex:1 1 100%;padding:13px}}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}@media print{.go,.follow,form{display:none}}`;

/** The whole style of a page in one piece; the policy names it by its hash. */
export const styleOf = (colour: string): string => colours(colour) + STYLE;
