/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A token (SoftHSM) with the issuer's keys, for an office that signs with nothing else, and what
 * may go wrong with one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CKR_DEVICE_MEMORY 0x31
#define CKR_DEVICE_REMOVED 0x32
#define CKR_PIN_LOCKED 0xA4

/* Makes the token with @module (tests/iso/slow-token.c), and the keys in it: those for QR codes
 * and card files as an administrator makes them, that for data by its request, its certificate
 * and import. */
void        office_token_start   (const char    *module);
void        office_token_stop    (void);
/* The folder of the keys. */
const char *office_token_keys    (void);

void        office_token_set_pin (const char    *pin);
/* Signatures take @milliseconds; after @good of them (or at once) @answer comes, a CKR code; to
 * a PIN @login, to who makes a key @generate; 0: as SoftHSM does. */
void        office_token_behave  (int            milliseconds,
                                  unsigned long  answer,
                                  int            good,
                                  unsigned long  login,
                                  unsigned long  generate);
/* How often a PIN was offered. */
gsize       office_token_logins  (void);

G_END_DECLS
