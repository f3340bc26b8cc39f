/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to ZXing, which is C++: nothing of that passes it. */
#include "plt-code-reader.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <cmath>
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

/* A first look at a PDF417 goes astray where another code stands beside it; all that looks like one is gone through then.
 * What is in pure black and white is found better by one threshold. */
static ZXing::Result
search (ZXing::BarcodeFormat    format,
        const ZXing::ImageView &view)
{
  const ZXing::Binarizer binarizers[] = { ZXing::Binarizer::LocalAverage, ZXing::Binarizer::FixedThreshold };

  for (const auto binarizer : binarizers)
    {
      ZXing::DecodeHints hints;

      hints.setFormats (format).setTryHarder (true).setBinarizer (binarizer);
      for (const auto &result : ZXing::ReadBarcodes (view, hints))
        if (result.isValid () && result.format () == format)
          return result;
    }
  return {};
}

/**
 * plt_code_reader_search:
 * @grey: one byte a pixel, 0 is black; a picture with a code of @kind somewhere, and with others
 * @angle: (out): how the code is turned against the picture's edges, in degrees clockwise from -45 to 45
 *
 * Takes longer than plt_code_reader_read().
 *
 * Returns: (transfer full) (nullable): what the code holds, byte for byte
 */
GBytes *
plt_code_reader_search (PltCodeKind   kind,
                        const guint8 *grey,
                        int           width,
                        int           height,
                        double       *angle)
{
  *angle = 0;
  if (width <= 0 || height <= 0)
    return nullptr;

  try
    {
      const auto result = search (to_format (kind), ZXing::ImageView (grey, width, height, ZXing::ImageFormat::Lum));
      const auto &corners = result.position ();

      if (!result.isValid ())
        return nullptr;
      *angle = std::remainder (std::atan2 (corners.topRight ().y - corners.topLeft ().y,
                                           corners.topRight ().x - corners.topLeft ().x) * 180 / G_PI, 90);
      return g_bytes_new (result.bytes ().data (), result.bytes ().size ());
    }
  catch (const std::exception &)
    {
      return nullptr;
    }
}
