package dev.lion.student.prompt;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.util.ForLoop;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import jinjava.javax.el.PropertyNotWritableException;
import org.jspecify.annotations.Nullable;

/**
 * What a template may see of a value: entries of maps and lists, characters and methods of strings, the counters of a loop.
 * Nothing else: no property, no method and no class of a Java object, so that a template from elsewhere reaches nothing but
 * the conversation.
 */
final class TemplateResolver extends ELResolver {
    private final RenderBounds bounds;

    /** A resolver for one rendering. */
    TemplateResolver(RenderBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
        context.setPropertyResolved(true);
        String name = property.toString();
        if (base instanceof Map<?, ?> map) {
            return map.get(name);
        }
        if (base instanceof List<?> list) {
            int place = place(name, list.size());
            return place < 0 ? null : list.get(place);
        }
        if (base instanceof CharSequence text) {
            int place = place(name, text.length());
            return place < 0 ? null : String.valueOf(text.charAt(place));
        }
        return base instanceof ForLoop loop ? counter(loop, name) : null;
    }

    /** Where an index, which may count from the end, points; −1 for what is no index or beyond the ends. */
    private static int place(String index, int size) {
        if (!index.matches("-?\\d{1,9}")) {
            return -1;
        }
        int place = Integer.parseInt(index);
        int fromStart = place < 0 ? place + size : place;
        return fromStart < size ? fromStart : -1;
    }

    private static @Nullable Object counter(ForLoop loop, String name) {
        return switch (name) {
            case "index" -> (long) loop.getIndex();
            case "index0" -> (long) loop.getIndex0();
            case "revindex" -> (long) loop.getRevindex();
            case "revindex0" -> (long) loop.getRevindex0();
            case "length" -> (long) loop.getLength();
            case "depth" -> (long) loop.getDepth();
            case "depth0" -> (long) loop.getDepth0();
            case "first" -> loop.isFirst();
            case "last" -> loop.isLast();
            default -> throw new PromptException("there is no 'loop." + name + "' here");
        };
    }

    @Override
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            Object method,
            Class<?> @Nullable [] types,
            @Nullable Object[] arguments) {
        bounds.step(JinjavaInterpreter.getCurrent());
        context.setPropertyResolved(true);
        String name = method.toString();
        if (base instanceof Filter filter && name.equals("filter")) {
            return filtered(filter, arguments);
        }
        if (base instanceof ExpTest test) {
            return tested(test, name, arguments);
        }
        if (name.equals(TemplateSource.SLICE)) {
            return PythonSlice.of(base, Arrays.asList(arguments));
        }
        return called(base, name, arguments);
    }

    private static @Nullable Object called(@Nullable Object base, String name, @Nullable Object[] arguments) {
        if (base instanceof CharSequence text) {
            return PythonText.call(text.toString(), name, new ArrayList<>(Arrays.asList(arguments)));
        }
        if (base instanceof ForLoop loop && name.equals("cycle")) {
            return arguments[loop.getIndex0() % arguments.length];
        }
        if (base instanceof Map<?, ?> map) {
            return switch (name) {
                case "items" -> items(map);
                case "keys" -> new ArrayList<@Nullable Object>(map.keySet());
                case "values" -> new ArrayList<@Nullable Object>(map.values());
                case "get" -> got(map, arguments);
                default -> throw new PromptException("there is no method '" + name + "' of mappings here");
            };
        }
        throw new PromptException("there is no method '" + name + "' here");
    }

    private static @Nullable Object got(Map<?, ?> map, @Nullable Object[] arguments) {
        Object found = map.get(String.valueOf(arguments[0]));
        return found == null && arguments.length > 1 ? arguments[1] : found;
    }

    static List<Object> items(Map<?, ?> map) {
        var items = new ArrayList<Object>();
        map.forEach((key, value) -> items.add(Arrays.asList(key, value)));
        return items;
    }

    /** Jinjava calls a filter with the value, the interpreter, and the arguments by place and by name. */
    @SuppressWarnings("unchecked")
    private static @Nullable Object filtered(Filter filter, @Nullable Object[] arguments) {
        return filter.filter(
                arguments[0], (JinjavaInterpreter) arguments[1], (Object[]) arguments[2], (Map<String, Object>)
                        arguments[3]);
    }

    private static Object tested(ExpTest test, String method, @Nullable Object[] arguments) {
        var interpreter = (JinjavaInterpreter) arguments[1];
        Object[] rest = Arrays.copyOfRange(arguments, 2, arguments.length);
        return method.equals("evaluateNegated")
                ? test.evaluateNegated(arguments[0], interpreter, rest)
                : test.evaluate(arguments[0], interpreter, rest);
    }

    @Override
    public Class<?> getType(ELContext context, @Nullable Object base, Object property) {
        return Object.class;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, Object property, @Nullable Object value) {
        throw new PropertyNotWritableException("a template changes nothing");
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return Collections.emptyIterator();
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return Object.class;
    }
}
