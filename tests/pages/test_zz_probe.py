from tests.pages.test_finder_answers import ask  # noqa
import pytest
P=[
("en",{"up":"Upselling after a year.","up2":"An up-sell needs a reason.","pre":"Our pre-sales team helps.","follow":"A follow-up after the visit.","buyin":"Get the buy-in of the board.","cowork":"Co-working spaces are no market.","x":"Nothing else here, a setup that is opt-in.","b2b":"We are a B2B company.","three":"A 3D printer and a 24/7 line.","mixed":"The wi-fi network"},
 ["upsell","up-sell","up sell","upselling","presales","pre sales","pre-sales","followup","follow up","follow-up","buyin","buy in","buy-in","coworking","co working","opt in","optin","set-up","set up","b2b","b-2-b","3d","3-d","24/7","24-7","24 7","wifi","wi fi"]),
("en",{"year":"Not in this year’s plan, let's wait.","customer":"The customers' choice and O'Brien's view.","dont":"We don’t need it.","rock":"Rock ʼn roll and “quotes”."},
 ["year's","year’s","years","lets","let’s","let's","customers’","obrien","o'brien","o’brien","don't need","dont need","“quotes”","'quotes'"]),
("de",{"bed":"Die Versicherungsbedingungen gelten.","lager":"Ein Ersatzteillager in Kiel.","service":"Servicevertrag für Waermepumpen","teil":"Nur ein Vorurteil.","kauf":"Der Einkaufsleiter entscheidet.","leit":"Die Rohrleitung ist dicht.","nacht":"Nachtschicht und Schichtbetrieb","rechn":"Amortisationsrechnung mit Restwert", "quer":"Kühl- und Gefrierlager","strasse":"Maßnahmen an der Straße"},
 ["Bedingung","Bedingungen","Lager","Ersatzteil","Service-Vertrag","Service Vertrag","Vertrag","Wärmepumpe","Einkauf","Leiter","Schicht","Rechnung","Gefrierlager","Kühllager","massnahme","strasse","STRASSE","Vesicherung","Versicherung"]),
("nl",{"pomp":"De industriewarmtepomp levert stoom.","contract":"Onderhoudscontracten lopen drie jaar.","x":"Iets anders."},["warmtepomp","contract","contracten","onderhoud"]),
("sv",{"pump":"Industrivärmepumpen ger ånga.","avtal":"Serviceavtalet löper tre år.","x":"Något annat"},["värmepump","avtal","varmepump"]),
("zh",{"a":"我们的冷链物流服务覆盖全国。","b":"价格太贵了，没有预算。","c":"客户在上海和北京。"},["冷链","物流服务","太贵","预算","上海","热","冷鏈"]),
("ja",{"a":"冷凍食品の配送サービスです。","b":"値段が高すぎます。","c":"サーバーの停止は困る。","d":"ｻｰﾋﾞｽ停止"},["冷凍","配送サービス","配送","高すぎ","サーバ","サーバー","サービス","値段が高い","停止"]),
("th",{"a":"บริการขนส่งห้องเย็นทั่วประเทศ","b":"ราคาแพงเกินไป","c":"ลูกค้าอยู่ที่กรุงเทพ"},["ห้องเย็น","ขนส่ง","แพง","ราคา","กรุงเทพ","กรุงเทพฯ"]),
("ko",{"a":"냉동식품을 배송합니다","b":"가격이 너무 비쌉니다"},["냉동식품","배송","가격","가격은"]),
("ar",{"a":"السعر مرتفع جدا","b":"خدمة العملاء"},["سعر","السعر","عملاء","العملاء"]),
("en",{"fig":"It costs EUR 12,500 a year.","fig2":"Over 1 250 000 units, 4.5 million euros.","fig3":"Needs 1,000 kW and 2.5 bar.","fig4":"96 of 100 agree, 97% availability","fig5":"Order no. 125000", "fig6":"From 960 to 1000 litres", "fig7":"12,500.00 in total; 1'250'000 francs"},
 ["12500","12.500","12 500","12'500","1250000","1.250.000","1,250,000","1000","1000 kw","1000kW","1,000kw","96","97%","97 %","98","2,5","2.5","4.5m","125000","12501","€12,500","EUR 12500"]),
("en",{"rnd":"Our R&D department tests.","ma":"An M&A deal last year.","cpp":"Written in C++ and C#.","aplus":"Energy class A+ with A rating","net":"Runs on .NET and Node.js.","tc":"The T&C are annexed","qa":"A Q&A session","f":"At 110 °F and 40 °C","aa":"All about apples and ammonia and arts","c":"Class C appliances","pl":"See the P&L statement","b":"Plan B is ready"},
 ["R&D","r and d","M&A","C++","c#","A+",".net","node.js","nodejs","T&C","Q&A","q & a","110 °F","°F","C","P&L","p & l","plan b"]),
("en",{"fr":"We do not sell in France.","fra":"A brewery in Franconia.","franc":"Paid in francs.","price":"Korva 160 price list","price2":"Korva 160 XL"},["france","franc","korva 160 price","frnace"]),
]
def test_probe(ask, request):
    out=[]
    for lang,texts,queries in P:
        out.append(f"## {lang}")
        for q,a in zip(queries, ask(texts,*queries,language=lang)):
            out.append(f"   {q!r}: {a}")
    open(f"/tmp/finding/probe_{'whole' if 'whole' in request.node.name else 'parts'}.txt","w").write("\n".join(out))
