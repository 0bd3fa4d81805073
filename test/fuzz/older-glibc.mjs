// The fuzzer's Linux binary asks for glibc 2.38, which Debian 12 does not have, for the sake of three
// symbols: `strtol` and `strtoul` by their C23 names, and a start-up call of libstdc++ that older ones
// make on their own. This points the three at what every glibc has. Nothing is done where it loads.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const file = require.resolve(
  `@jazzer.js/fuzzer/prebuilds/fuzzer-${process.platform}-${process.arch}.node`,
);

const standIns = new Map([
  ['__isoc23_strtol', 'strtol'],
  ['__isoc23_strtoul', 'strtoul'],
  // Called for its side effect alone, of which there is none left: any function without arguments.
  ['_ZSt21ios_base_library_initv', 'getpid'],
]);

function loads() {
  try {
    require('@jazzer.js/fuzzer');
    return true;
  } catch (error) {
    if (error.code === 'ERR_DLOPEN_FAILED' && error.message.includes('GLIBC')) return false;
    throw error;
  }
}

function relabel(elf) {
  const sections = sectionsOf(elf);
  const names = sections.find(({ type }) => type === 11).link; // the strings of .dynsym
  const strings = sections[names].start;
  const textAt = (offset) =>
    elf.toString('latin1', strings + offset, elf.indexOf(0, strings + offset));
  const offsetOf = (name) => elf.indexOf(`${name}\0`, strings, 'latin1') - strings;

  const symbols = sections.find(({ type }) => type === 11);
  const versions = sections.find(({ type }) => type === 0x6fffffff);
  const indexes = new Map();
  for (let index = 0; index < symbols.size / 24; index++) {
    indexes.set(textAt(elf.readUInt32LE(symbols.start + index * 24)), index);
  }
  const plain = elf.readUInt16LE(versions.start + 2 * indexes.get('getpid'));
  const replaced = new Set();
  for (const [name, standIn] of standIns) {
    const index = indexes.get(name);
    replaced.add(elf.readUInt16LE(versions.start + 2 * index));
    elf.writeUInt32LE(offsetOf(standIn), symbols.start + index * 24);
    elf.writeUInt16LE(plain, versions.start + 2 * index);
  }

  // The versions that nothing needs any more are marked weak, or the loader still asks for them.
  const needs = sections.find(({ type }) => type === 0x6ffffffe);
  for (let library = needs.start, more = true; more; ) {
    let need = library + elf.readUInt32LE(library + 8);
    for (let count = elf.readUInt16LE(library + 2); count > 0; count--) {
      if (replaced.has(elf.readUInt16LE(need + 6))) elf.writeUInt16LE(2, need + 4);
      need += elf.readUInt32LE(need + 12);
    }
    more = elf.readUInt32LE(library + 12) > 0;
    library += elf.readUInt32LE(library + 12);
  }
  return elf;
}

/** The section headers of a 64-bit little-endian ELF file. */
function sectionsOf(elf) {
  const table = Number(elf.readBigUInt64LE(40));
  const size = elf.readUInt16LE(58);
  return Array.from({ length: elf.readUInt16LE(60) }, (_, index) => {
    const header = table + index * size;
    return {
      type: elf.readUInt32LE(header + 4),
      start: Number(elf.readBigUInt64LE(header + 24)),
      size: Number(elf.readBigUInt64LE(header + 32)),
      link: elf.readUInt32LE(header + 40),
    };
  });
}

if (!loads()) {
  writeFileSync(file, relabel(readFileSync(file)));
  console.log('relabelled three symbols of the fuzzer for an older glibc');
}
