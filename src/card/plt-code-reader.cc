/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to ZXing, which is C++: nothing of that passes it. */
#include "plt-code-reader.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <exception>

static ZXing::BarcodeFormat
to_format (PltCodeKind kind)
{
  switch (kind)
    {
    case PLT_CODE_PDF417: return ZXing::BarcodeFormat::PDF417;
    case PLT_CODE_CODE128: return ZXing::BarcodeFormat::Code128;
    case PLT_CODE_DATA_MATRIX: return ZXing::BarcodeFormat::DataMatrix;
    case PLT_CODE_QR:
    default: return ZXing::BarcodeFormat::QRCode;
    }
}

/**
 * plt_code_reader_read:
 * @grey: one byte a pixel, 0 is black; one code of @kind with its quiet zone
 * @stride: bytes from one row to the next
 *
 * Returns: (transfer full) (nullable): what the code holds, byte for byte; %NULL if none can be read
 */
GBytes *
plt_code_reader_read (PltCodeKind   kind,
                      const guint8 *grey,
                      int           width,
                      int           height,
                      int           stride)
{
  if (width <= 0 || height <= 0)
    return nullptr;

  try
    {
      ZXing::DecodeHints hints;
      hints.setFormats (to_format (kind)).setTryHarder (true);
      const auto result
        = ZXing::ReadBarcode (ZXing::ImageView (grey, width, height, ZXing::ImageFormat::Lum, stride),
                              hints);

      if (!result.isValid ())
        return nullptr;
      return g_bytes_new (result.bytes ().data (), result.bytes ().size ());
    }
  catch (const std::exception &) /* a picture that it cannot take holds no code for it */
    {
      return nullptr;
    }
}
