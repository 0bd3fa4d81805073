// What the compiler of a strict project says of a program that uses what was built.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

/** Compiles the code with these libraries and `@types` alone, and returns the messages. */
export function compile(
  code: string,
  lib: string[] = ['lib.es2020.d.ts'],
  types: string[] = [],
): string[] {
  // Inside the package, so that its name leads to what was built.
  mkdirSync('test/.tmp', { recursive: true });
  const folder = mkdtempSync('test/.tmp/compile-');
  try {
    const file = `${folder}/program.ts`;
    writeFileSync(file, code);
    const program = ts.createProgram([file], {
      target: ts.ScriptTarget.ES2022,
      lib,
      types,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
