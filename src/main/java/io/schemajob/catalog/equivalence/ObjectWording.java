package io.schemajob.catalog.equivalence;

import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.sql.SqlScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The same as {@link LiveWording} for objects whose kind is described in {@link Kinds}. */
final class ObjectWording {
    private final Schema live;
    private final Texts texts;

    /** Chooses the live text if it means the same. */
    interface Texts {
        String choose(SqlScope scope, String declared, String live);
    }

    ObjectWording(Schema live, Texts texts) {
        this.live = live;
        this.texts = texts;
    }

    SchemaObjects of(SchemaObjects declared) {
        List<SchemaObject> changed = new ArrayList<>();
        for (ObjectKind kind : Kinds.ALL) {
            Map<List<String>, SchemaObject> found = live.objects().of(kind.noun());
            declared.of(kind.noun()).forEach((path, object) -> {
                SchemaObject partner = found.get(path);
                if (partner != null && !partner.values().equals(object.values())) {
                    changed.add(object(kind, object, partner));
                }
            });
        }
        if (changed.isEmpty()) {
            return declared;
        }
        List<SchemaObject> all = new ArrayList<>();
        declared.byKind().values().forEach(objects -> all.addAll(objects.values()));
        all.addAll(changed);
        return SchemaObjects.of(declared.coverage(), all, declared.notHeld(), declared.server());
    }

    private SchemaObject object(ObjectKind kind, SchemaObject object, SchemaObject partner) {
        Map<String, Object> values = new TreeMap<>(object.values());
        for (Aspect aspect : kind.aspects()) {
            Object expected = values.get(aspect.key());
            Object found = partner.values().get(aspect.key());
            if (expected != null && found != null && !Objects.equals(expected, found)) {
                values.put(aspect.key(), value(kind, aspect, object, expected, found));
            }
        }
        return new SchemaObject(object.kind(), object.path(), values);
    }

    private Object value(ObjectKind kind, Aspect aspect, SchemaObject object, Object expected, Object found) {
        return switch (aspect.form()) {
            case SQL, EXPRESSION -> texts.choose(kind.scope(object, aspect, live), (String) expected, (String) found);
            case LIST -> list((List<?>) expected, (List<?>) found);
            default -> expected;
        };
    }

    private List<String> list(List<?> expected, List<?> found) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            String text = (String) expected.get(i);
            result.add(i < found.size() ? texts.choose(SqlScope.WORDS, text, (String) found.get(i)) : text);
        }
        return result;
    }
}
