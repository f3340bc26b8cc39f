/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two staffed offices in a database of their own, for the tests of the schema. In UC: anna and axel
 * (clerk), boris and bodil (supervisor), bella (clerk and supervisor), chen (operator), dora (auditor),
 * emil (admin); in UN: nina (clerk), nora (supervisor), nils (operator). */
#pragma once

#include "plt-test-cluster.h"

G_BEGIN_DECLS

/* Of version 1 of utopia-iso, which emil proposed and boris approved. */
#define SCHEMA_OFFICE_DIGEST "1111111111111111111111111111111111111111111111111111111111111111"

/* SQL: the inputs of a file that was drawn from what was approved, as far as the database compares them; %d is the application. */
#define SCHEMA_OFFICE_INPUTS \
  "(SELECT jsonb_build_object ('layout', 'utopia-iso', 'layout_version', 1, 'layout_digest', '" SCHEMA_OFFICE_DIGEST "'," \
  "  'qr_text', 'CODE', 'mrz', 'MRZ', 'pdf417_sha256', encode (sha256 ('payload'), 'hex')," \
  "  'portrait_sha256', encode (sha256 (d.portrait), 'hex'), 'portrait_taken_at', d.portrait_taken_at," \
  "  'signature_sha256', encode (sha256 (d.signature), 'hex')," \
  "  'values', jsonb_build_object ('family_name', d.family_name, 'given_names', coalesce (d.given_names, '—')," \
  "     'birth_date', d.birth_date, 'birth_place', d.birth_place, 'sex', d.sex, 'licence_number', d.licence_number," \
  "     'issue_date', d.issue_date, 'expiry_date', d.expiry_date)," \
  "  'categories', (SELECT jsonb_agg (jsonb_build_object ('code', split_part (c, ';', 1), 'from', split_part (c, ';', 2)," \
  "     'to', split_part (c, ';', 3))) FROM unnest (string_to_array (d.categories, '|')) c))" \
  "  FROM api.card_data (%d) d)"

/* Starts the cluster, runs the tests, stops the cluster. */
int             schema_office_run        (void);
PltTestCluster *schema_office_cluster    (void);

char           *schema_office_new        (void);

/* Runs @sql as @login with a session and asserts that it succeeds; "postgres" is the superuser. */
char           *schema_office_ask        (const char *db,
                                          const char *login,
                                          const char *sql,
                                          ...) G_GNUC_PRINTF (3, 4);

/* Asserts that @sql is refused with this SQLSTATE and HINT; NULL: no hint. */
void            schema_office_refused    (const char *db,
                                          const char *login,
                                          const char *sqlstate,
                                          const char *hint,
                                          const char *sql,
                                          ...) G_GNUC_PRINTF (5, 6);
void            schema_office_assert_refused (const char *sqlstate,
                                          const char *hint,
                                          int         status,
                                          const char *err,
                                          const char *sql);

/* Asserts that what @login is told is @expected. */
void            schema_office_said       (const char *db,
                                          const char *login,
                                          const char *expected,
                                          const char *sql);

/* Two people at the same moment: what @first says waits for the audit log, and what @second says comes
 * to wait behind it, with whatever each has locked by then; then both go on. Neither may be refused. */
void            schema_office_at_once    (const char *db,
                                          const char *first,
                                          const char *first_sql,
                                          const char *second,
                                          const char *second_sql);

/* A draft of anna's that has everything it needs, for a citizen with B (or with nothing, where @type
 * is "new"). Returns its id. */
int             schema_office_draft      (const char *db,
                                          const char *type);
void            schema_office_submit     (const char *db,
                                          int         application);
void            schema_office_ask_again  (const char *db,
                                          const char *supervisor,
                                          int         application);
void            schema_office_approve    (const char *db,
                                          int         application);
/* A draft that was submitted and approved. Returns its id. */
int             schema_office_approved   (const char *db,
                                          const char *type);
/* Proposed by emil, with a proof sheet; returns its id. Approved by boris, who opens the sheet. */
int             schema_office_propose_layout (const char *db,
                                          const char *layout,
                                          int         version,
                                          const char *digest);
void            schema_office_approve_layout (const char *db,
                                          int         id);
/* Reserves a card and draws it; its code is "CODE". Returns its id. */
int             schema_office_render     (const char *db,
                                          int         application);

G_END_DECLS
