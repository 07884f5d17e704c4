-- Fills an empty database; both engines understand it. Figures are millionths, times microseconds.
INSERT INTO item (id, sku, name, unit, decimals, tracking, costing, cost_per_lot, category, abc,
    removal, is_active)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :items)
SELECT i, 'SKU-' || (i + 10000000), 'Item ' || (i * 79 % 1000) || ' of kind ' || (i % 97) || ' no ' || i,
    'each', 0, 'none', 'average', :no, 'Category ' || (i % 50), '', 'fefo', :yes
FROM n;
INSERT INTO barcode (id, item_id, code, quantity)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :items)
SELECT i, i, 'B' || (i + 10000000), 1000000 FROM n;
INSERT INTO location (id, parent_id, path, kind, name, code, is_active)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :bins)
SELECT :site + i, :site, 'BIG/B' || i, 'storage', '', 'B' || i, :yes FROM n;
INSERT INTO document (id, key, number, type, effective_at, entered_at, "user", reference, note)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :documents)
SELECT i, 'big-' || i, 'BG-' || i, 'receipt', 1700000000000000 + i * 1000000,
    1700000000000000 + i * 1000000, 'bench', '', ''
FROM (SELECT CAST(i AS BIGINT) AS i FROM n) AS numbered;
INSERT INTO movement (id, document_id, line, item_id, from_id, to_id, quantity, effective_at,
    sequence, entered_at, unit, unit_cost, given_value, reason)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :movements),
numbered(i, document, step, item) AS (
    SELECT CAST(i AS BIGINT) + 1, CAST(i AS BIGINT) / 10 + 1, i % 10, i / 10 % :items + 1 FROM n
)
SELECT i, document, step + 1, item,
    CASE WHEN step < 7 THEN :supplier
        WHEN step < 9 THEN :site + 1 + item * 7 % :bins
        ELSE :site + 1 + (item * 7 + 1) % :bins END,
    CASE WHEN step < 9 THEN :site + 1 + (item * 7 + step) % :bins ELSE :customer END,
    CASE WHEN step < 7 THEN 10000000 ELSE 1000000 END,
    1700000000000000 + document * 1000000, i, 1700000000000000 + document * 1000000, '',
    CASE WHEN step < 7 THEN 2000000 END, CASE WHEN step < 7 THEN 20000000 END, ''
FROM numbered;
INSERT INTO movement_value (movement_id, value)
SELECT id, CASE WHEN line < 8 THEN 20000000 ELSE 2000000 END FROM movement
WHERE line < 8 OR line = 10;
INSERT INTO balance (item_id, location_id, lot_id, on_hand, allocated)
SELECT item_id, place, 0, sum(change), 0 FROM (
    SELECT item_id, to_id AS place, quantity AS change FROM movement
    UNION ALL SELECT item_id, from_id, -quantity FROM movement
) AS moved
GROUP BY item_id, place;
INSERT INTO pool (item_id, lot_id, quantity, value, last_costed_id)
SELECT item_id, 0, sum(change), 2 * sum(change), max(costed) FROM (
    SELECT item_id,
        CASE WHEN line < 8 THEN quantity WHEN line = 10 THEN -quantity ELSE 0 END AS change,
        CASE WHEN line < 8 THEN id END AS costed
    FROM movement
) AS moved
GROUP BY item_id;
