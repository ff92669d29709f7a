// QR codes of our addresses (ISO/IEC 18004:2024), as one path each: sharp on paper and screen, small on the wire.
import encodeQR from 'qr';

/** Light modules around the code; readers need four (ISO/IEC 18004:2024, 9.1). */
export const QUIET_MODULES = 4;

export interface QrCode {
  /** Modules along one side, without the quiet zone. */
  modules: number;
  /** The dark modules as a path of units of one module, its origin at the upper left one. */
  path: string;
}

/** The code of an address. Level M: a fold or a stain over a seventh of it does no harm. */
export function qrCodeOf(address: string): QrCode {
  // The library wants one light module around it at least.
  const rows = encodeQR(address, 'raw', { ecc: 'medium', border: 1 })
    .slice(1, -1)
    .map((row) => row.slice(1, -1));
  let path = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x++;
      const run = x - start + 1;
      path += `M${start} ${y}h${run}v1h-${run}z`;
    }
  }
  return { modules: rows.length, path };
}

/** The code as a picture of its own, dark on white whatever the page's colours are: not all readers take the reverse. */
export function qrSvg(address: string): string {
  const { modules, path } = qrCodeOf(address);
  const side = modules + 2 * QUIET_MODULES;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 8}" height="${side * 8}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path transform="translate(${QUIET_MODULES} ${QUIET_MODULES})" d="${path}"/></svg>`
  );
}
