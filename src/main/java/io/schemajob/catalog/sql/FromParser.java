package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.SqlToken.Kind;
import io.schemajob.catalog.sql.TokenStream.Unknown;
import java.util.ArrayList;
import java.util.List;

/** Parses a FROM clause into a tree of joins and remembers whether it has a single relation. */
final class FromParser {
    private final TokenStream in;
    private final ExpressionParser expressions;
    private final OperandParser operands;
    private final List<String> relations = new ArrayList<>();

    FromParser(TokenStream in, ExpressionParser expressions, OperandParser operands) {
        this.in = in;
        this.expressions = expressions;
        this.operands = operands;
    }

    Expr parse() throws Unknown {
        List<Expr> items = new ArrayList<>();
        do {
            items.add(joins());
        } while (in.take(","));
        return Expr.node("from", items);
    }

    /** The name by which columns of the only relation can be qualified; null if there are none or several. */
    String onlyRelation() {
        return relations.size() == 1 ? relations.get(0) : null;
    }

    private Expr joins() throws Unknown {
        Expr left = relation();
        while (true) {
            String kind = joinKind();
            if (kind == null) {
                return left;
            }
            Expr right = relation();
            if (in.takeWords("on")) {
                left = Expr.node(kind, left, right, Expr.node("on", expressions.expression()));
            } else if (in.takeWords("using")) {
                in.expect("(");
                left = Expr.node(kind, left, right, Expr.node("using", operands.list(")")));
            } else {
                left = Expr.node(kind, left, right);
            }
        }
    }

    private String joinKind() throws Unknown {
        StringBuilder kind = new StringBuilder();
        if (in.takeWords("natural")) {
            kind.append("natural ");
        }
        for (String side : List.of("left", "right", "full", "cross", "inner")) {
            if (in.takeWords(side)) {
                in.takeWords("outer");
                kind.append(side.equals("inner") ? "" : side + " ");
                in.expectWords("join");
                return kind + "join";
            }
        }
        return in.takeWords("join") ? kind + "join" : null;
    }

    private Expr relation() throws Unknown {
        String lateral = in.takeWords("lateral") ? "lateral " : "";
        String only = in.takeWords("only") ? "only " : "";
        if (in.peek().is("(") && !QueryParser.starts(in)) {
            in.next();
            Expr joined = joins();
            in.expect(")");
            return joined;
        }
        Expr source;
        String implied;
        if (in.peek().is("(")) {
            source = operands.parenthesised();
            implied = "";
        } else {
            source = operands.operand();
            String head = source.head().replace("()", "");
            implied = head.substring(head.lastIndexOf('.') + 1);
        }
        String ordinality = in.takeWords("with", "ordinality") ? "with ordinality " : "";
        String alias = implied;
        if (in.takeWords("as")
                || in.seesName() && !Keywords.NO_ALIAS.contains(in.peek().text())) {
            alias = in.name();
        }
        relations.add(alias);
        List<Expr> parts = new ArrayList<>(List.of(source));
        if (in.peek().is("(")) {
            in.next();
            parts.add(columnAliases());
        }
        return Expr.node(lateral + only + ordinality + "as " + alias, parts);
    }

    /** {@code (a, b)} or, after a function, {@code (a integer, b text)}. */
    private Expr columnAliases() throws Unknown {
        List<Expr> columns = new ArrayList<>();
        do {
            String name = in.name();
            boolean typed = in.peek().kind() == Kind.WORD || in.peek().kind() == Kind.QUOTED;
            columns.add(Expr.name(typed ? name + " " + TypeParser.parse(in) : name));
        } while (in.take(","));
        in.expect(")");
        return Expr.node("columns", columns);
    }
}
