-- Begins a batch with all of its cards, or refuses it with nothing done.
-- $1 uuid: its key · $2 text: the bureau’s code · $3 text[]: applications, in the order of their cards
-- Columns: batch
SELECT o.batch
  FROM api.open_batch ($1::uuid, upper (btrim ($2::text))) o
 CROSS JOIN LATERAL (SELECT count (c.card_id)
                       FROM (SELECT a.id FROM unnest ($3::text[]) WITH ORDINALITY a (id, n) ORDER BY n) a
                      CROSS JOIN LATERAL api.batch_card (o.batch, a.id::bigint) c) added
