import pytest, sys, time
from tests.editing.delivered import city_lists as L
from tests.factories import DepartmentFactory, DistrictFactory, SDGFactory
from editing.delivered.delivery import Delivery
pytestmark = pytest.mark.django_db
@pytest.mark.parametrize("shape", L.SHAPES)
def test_x(shape):
    for k,n in L.DEPARTMENTS.items(): DepartmentFactory(key=k,name=n)
    for n in ("stadtweit","Wanne","Herne-Mitte","Eickel","Sodingen"): DistrictFactory(key=n.lower(),name=n)
    [SDGFactory(number=n) for n in range(1,18)]
    t=time.time()
    d=Delivery(L.SHAPES[shape](), name=f"{shape}.xlsx", choices={})
    print("\n==",shape, [g.name for g in d.sheets], d.layouts[0], "by_code",d.by_code, "num",d.is_by_number,d.depths)
    print({d.headings[a]:t for a,t in d.targets.items()})
    from collections import Counter
    print(Counter(str(e.kind) for e in d._entries.entries))
    print("skipped",[(s.number,s.text) for s in d.skipped])
    print("questions",[(q.field,q.spellings,q.count,q.proposal) for q in d.questions])
    print("lost",Counter((n.column,n.lost) for n in d.lost), [n for n in d.lost][:4])
    seen=set()
    for n in d.conversion.notes:
        if not n.lost and (n.column,n.before[:30]) not in seen and len(seen)<40:
            seen.add((n.column,n.before[:30])); print("   ",n.column,repr(n.before[:50]),"->",repr(n.after[:70]))
    p=d.plan
    print("plan",Counter(str(c.kind) for c in p.new), len(p.changed), p.findings[:5], p.warnings[:3], [b.title for b in d.placing.between][:6], time.time()-t)
