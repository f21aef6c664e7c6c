/** What an expression is worth, given something that knows the answers. Never throws for any answer. */
import type { Ast } from "./definition";
import { FUNCTIONS } from "./functions";
import { compare, number, text, truth, type Value } from "./values";

/** Where an expression stands: what it may ask for. Days are YYYY-MM-DD in China's time. */
export interface Surroundings {
  readonly today: string;
  readonly now: string;
  of(path: string): Value;
  own(): Value;
  position(): number;
  column(name: string): string;
  choiceLabel(path: string, name: string): string;
}

export function evaluate(ast: Ast, around: Surroundings): Value {
  const [what, first, second] = ast as readonly [string, Ast, Ast];
  switch (what) {
    case "lit": return first as unknown as Value;
    case "ref": return around.of(String(first));
    case "self": return around.own();
    case "choice": return around.column(String(first));
    case "and": return holds(first, around) && holds(second, around);
    case "or": return holds(first, around) || holds(second, around);
    case "not": return !holds(first, around);
    case "neg": return -number(evaluate(first, around));
    case "call": return called(String(first), ast.slice(2) as unknown as Ast[], around);
    case "=": case "!=": case "<": case "<=": case ">": case ">=": return compare(what, evaluate(first, around), evaluate(second, around));
    default: return reckoned(what, number(evaluate(first, around)), number(evaluate(second, around)));
  }
}

export function holds(ast: Ast, around: Surroundings): boolean {
  return truth(evaluate(ast, around));
}

function called(name: string, parts: readonly Ast[], around: Surroundings): Value {
  switch (name) {
    case "if": return evaluate(holds(parts[0]!, around) ? parts[1]! : parts[2]!, around);
    case "today": return around.today;
    case "now": return around.now;
    case "position": return around.position();
    case "jr:choice-name": return around.choiceLabel(String(parts[1]![1]), text(evaluate(parts[0]!, around)));
    default: return FUNCTIONS[name]!(...parts.map((each) => evaluate(each, around)));
  }
}

function reckoned(operator: string, left: number, right: number): number {
  switch (operator) {
    case "+": return left + right;
    case "-": return left - right;
    case "*": return left * right;
    case "div": return left / right;
    default: return left % right;
  }
}
