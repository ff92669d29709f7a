// The panel at the start of a certificate: the picture of the badge over the hills, and the code that leads to its page.
import { imageCaption } from '../tracks/achievement.ts';
import { renderBadgeSvg } from '../tracks/badge-image.ts';
import { renderBadgePng } from '../tracks/badge-png.ts';
import type { Awardable } from '../tracks/catalogue.ts';
import { MARGIN, ornament, PANEL, type Sheet } from './certificate-sheet.ts';
import { qrCodeOf, QUIET_MODULES } from './qr-code.ts';

const STONES = ['#1f9d67', '#3b62d8', '#e0632b', '#c23a86', '#1793a8', '#e3a008'];
const PICTURE_PX = 640;

function drawGround(sheet: Sheet): void {
  const { document, column, height } = sheet;
  const { x } = column(0, PANEL);
  const edge = column(PANEL, 5).x;
  const ridge = (y: number, swing: number, colour: string): void => {
    document
      .path(
        `M${x} ${y}C${x + 70} ${y - swing} ${x + 120} ${y + swing * 0.6} ${x + 180} ${y - swing * 0.2}S${x + 250} ${y - swing} ${x + PANEL} ${y - swing * 0.5}V${height}H${x}Z`,
      )
      .fill(colour);
  };
  ornament(sheet, () => {
    document.rect(x, 0, PANEL, height).fill('#f6f3ec');
    ridge(height - 150, 34, '#efe9dc');
    ridge(height - 84, 30, '#e6decd');
    for (const [n, colour] of STONES.entries())
      document.rect(edge, (n * height) / STONES.length, 5, height / STONES.length + 0.5).fill(colour);
  });
}

function drawPicture(sheet: Sheet, awardable: Awardable): void {
  const { document, column, view } = sheet;
  const side = 206;
  const { x } = column((PANEL - side) / 2, side);
  sheet.element(
    'Figure',
    () => {
      document.save().opacity(view.state === 'valid' ? 1 : 0.35);
      const png = renderBadgePng(renderBadgeSvg(awardable), PICTURE_PX);
      document.image(png, x, 62, { width: side });
      document.restore();
    },
    imageCaption(awardable),
  );
}

function drawCode(sheet: Sheet): void {
  const { document, column, height, view, words } = sheet;
  const { modules, path } = qrCodeOf(view.url);
  const side = 118;
  const unit = side / (modules + 2 * QUIET_MODULES);
  const { x } = column((PANEL - side) / 2, side);
  const y = height - MARGIN - side;
  ornament(sheet, () => document.roundedRect(x, y, side, side, 8).fill('#fff'));
  sheet.element(
    'Figure',
    () => {
      document
        .save()
        .translate(x + QUIET_MODULES * unit, y + QUIET_MODULES * unit)
        .scale(unit);
      document.path(path).fill('#000');
      document.restore();
    },
    words.say('qr.alt'),
  );
}

/** Draws the panel. */
export function drawPanel(sheet: Sheet, awardable: Awardable): void {
  drawGround(sheet);
  drawPicture(sheet, awardable);
  drawCode(sheet);
}
