/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an administrator sets for an office: a key file, from --config, PLATEN_CONFIG, or
 * platen.conf in the system configuration folder. Passwords stand in neither.
 *
 *   [office]     workstation=Desk 3
 *   [database]   uri=postgresql:///?service=platen          (optional; else libpq's own means)
 *   [registries] folder=/etc/platen/registries              (several: with ; between them, the
 *                own last; else what is installed, then the system configuration's registries)
 *   [layouts]    folder=/etc/platen/layouts                 (likewise)
 *   [print]      server=localhost:631                       (optional; else CUPS's default)
 *   [scanner]    device=/dev/ttyACM0  baud=9600             (several: with ; between them)
 *   [issuer]     country=UTO  sign=UTO  state-name=UTOPIA  state-name-native=…  authority=Utopia Licensing Authority
 *                uri=https://licence.utopia.example
 *                keys=FOLDER  token-sessions=16  token-timeout-ms=15000
 *                qr-key=FILE|pkcs11:…  qr-key-id=UTO-QR-1  (these: keys that nobody certified)
 *                data-key=… data-key-id=UTO0001  (PDF417)  chip-form=iso|eu  type-approval=…
 *                mrz-language=D|F|I|R  (machine-readable zones in the Swiss manner)
 *                country-alpha-2=UT  leap-birthday=28-february|1-march  (mobile licences)
 *                file-key=… file-certificate=FILE  pin-file=FILE
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define PLT_TYPE_OFFICE_CONFIG (plt_office_config_get_type ())
G_DECLARE_FINAL_TYPE (PltOfficeConfig, plt_office_config, PLT, OFFICE_CONFIG, GObject)

/* @path NULL: PLATEN_CONFIG, then the system's; with none of these every value is NULL. */
PltOfficeConfig *plt_office_config_load (const char       *path,
                                         GError          **error);
const char      *plt_office_config_get  (PltOfficeConfig  *self,
                                         const char       *group,
                                         const char       *key);
/* (transfer full): where adapter files are, the administrator's own folder last. */
char           **plt_office_config_dup_registry_folders (PltOfficeConfig *self);
/* (transfer full): where layouts are, the administrator's own folder last. */
char           **plt_office_config_dup_layout_folders (PltOfficeConfig *self);
/* The same of the profiles of printers. */
char           **plt_office_config_dup_printer_folders (PltOfficeConfig *self);
const char      *plt_office_config_get_path (PltOfficeConfig *self);

G_END_DECLS
