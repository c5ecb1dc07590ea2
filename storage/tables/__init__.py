"""Every table of the store, a file for each chapter.

Names of sources refer to declarations in files, not to rows, so no foreign key guards them. Long text is
never indexed: PostgreSQL refuses an index entry above 2.7 kB; a 64-bit hash is.
"""

from storage.tables.base import (
    LIVE as LIVE,
    PENDING as PENDING,
    UNTOLD as UNTOLD,
    WAITING as WAITING,
    metadata as metadata,
)
from storage.tables.editing import (
    evidence as evidence,
    evidence_articles as evidence_articles,
)
from storage.tables.happening import (
    stories as stories,
    story_articles as story_articles,
    story_councils as story_councils,
)
from storage.tables.reading import (
    alerts as alerts,
    consents as consents,
    digest_items as digest_items,
    digests as digests,
    keys as keys,
    slots as slots,
    subscribers as subscribers,
    subscriptions as subscriptions,
    told as told,
)
from storage.tables.sending import (
    attempts as attempts,
    bounces as bounces,
    erased as erased,
    outbox as outbox,
    routes as routes,
    suppressions as suppressions,
)
from storage.tables.watching import (
    bulletins as bulletins,
    concerns as concerns,
    conditions as conditions,
    domains as domains,
    holds as holds,
    leads as leads,
    leases as leases,
    outages as outages,
    profiles as profiles,
    robots as robots,
    sources as sources,
    visits as visits,
)
from storage.tables.writing import (
    addresses as addresses,
    articles as articles,
    portraits as portraits,
    revisions as revisions,
    shingles as shingles,
)
