package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.kind.CommentKind;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks and defaults of domains that stay as they are, while a function, an operator or a cast in them is made anew: they go before
 * that and come back after it, as the domain itself cannot.
 */
final class DomainExpressions {
    private final Scene scene;
    private final Set<Name> anew;

    DomainExpressions(Scene scene) {
        this.scene = scene;
        this.anew = scene.replaced().stream()
                .map(scene.old()::get)
                .flatMap(piece -> piece.provides().stream())
                .filter(name -> name.kind() == Name.Kind.FUNCTION || name.kind() == Name.Kind.OBJECT)
                .collect(Collectors.toSet());
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        if (anew.isEmpty()) {
            return operations;
        }
        scene.goal().from().types().values().forEach(type -> {
            if (type instanceof Domain before && scene.goal().to().types().get(type.name()) instanceof Domain after) {
                before.checks().stream()
                        .filter(check -> after.checks().contains(check) && isDisturbed(check.expression()))
                        .forEach(check -> check(after, check, operations));
                if (before.defaultValue() != null
                        && Objects.equals(before.defaultValue(), after.defaultValue())
                        && isDisturbed(before.defaultValue())) {
                    defaulted(after, operations);
                }
            }
        });
        return operations;
    }

    private boolean isDisturbed(String expression) {
        return !Collections.disjoint(scene.universe().mentioned(expression), anew);
    }

    private void check(Domain domain, Check check, List<Operation> operations) {
        ObjectIdentity object = ObjectIdentity.domainCheck(domain.name(), check.name());
        String drop = alter(domain) + "DROP CONSTRAINT " + SqlText.name(check.name());
        Set<Name> names = scene.universe().mentioned(check.expression());
        operations.add(goes(
                Rank.DROP_CHECK, object, drop, added(domain, check, scene.goal().from()), names));
        operations.add(
                comes(Rank.ADD_CHECK, object, added(domain, check, scene.goal().to()), drop, names));
    }

    /** A check, with its comment. */
    static List<String> added(Domain domain, Check check, Schema side) {
        return Stream.concat(
                        Stream.of(OtherSql.addCheck(domain, check)),
                        CommentKind.onDomainCheck(side.objects(), domain.name(), check.name()).stream())
                .toList();
    }

    private void defaulted(Domain domain, List<Operation> operations) {
        ObjectIdentity object = domain.identity().part("default");
        List<String> set = List.of(alter(domain) + "SET DEFAULT " + domain.defaultValue());
        String drop = alter(domain) + "DROP DEFAULT";
        Set<Name> names = scene.universe().mentioned(domain.defaultValue());
        operations.add(goes(Rank.DROP_DEFAULT, object, drop, set, names));
        operations.add(comes(Rank.SET_DEFAULT, object, set, drop, names));
    }

    private static Operation goes(Rank rank, ObjectIdentity object, String drop, List<String> add, Set<Name> names) {
        return Operation.of(rank, object, null, List.of(drop), add, new Effect(Set.of(), Set.of(), Set.of(), names));
    }

    private static Operation comes(Rank rank, ObjectIdentity object, List<String> add, String drop, Set<Name> names) {
        return Operation.of(rank, object, null, add, List.of(drop), new Effect(Set.of(), Set.of(), names, Set.of()));
    }

    private static String alter(Domain domain) {
        return "ALTER DOMAIN " + SqlText.name(domain.name()) + " ";
    }
}
