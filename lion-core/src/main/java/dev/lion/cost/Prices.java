package dev.lion.cost;

import dev.lion.data.Amount;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The price of each role's model. A role without one costs an unknown amount; one that is {@link Price#FREE} costs
 * nothing, and is believed when it reports no tokens. Immutable.
 */
public final class Prices {
    private static final Prices UNKNOWN = new Prices(Map.of());

    private final Map<PaidRole, Price> byRole;

    private Prices(Map<PaidRole, Price> byRole) {
        this.byRole = byRole;
    }

    /** No role's price is known. */
    public static Prices unknown() {
        return UNKNOWN;
    }

    /** The same price for all roles, as in the paper, where one model plays them all. */
    public static Prices of(Price price) {
        Prices prices = UNKNOWN;
        for (PaidRole role : PaidRole.values()) {
            prices = prices.with(role, price);
        }
        return prices;
    }

    /** These prices, but for one role. */
    public Prices with(PaidRole role, Price price) {
        Map<PaidRole, Price> changed = new EnumMap<>(PaidRole.class);
        changed.putAll(byRole);
        changed.put(role, price);
        return new Prices(changed);
    }

    /** A role's price, if it is known. */
    public Optional<Price> of(PaidRole role) {
        return Optional.ofNullable(byRole.get(role));
    }

    /** The roles whose price is not known. */
    public List<PaidRole> missing() {
        List<PaidRole> missing = new ArrayList<>(List.of(PaidRole.values()));
        missing.removeAll(byRole.keySet());
        return missing;
    }

    /** Calls of a role with what they cost, where its price is known. */
    public Amount amount(PaidRole role, long calls, TokenUsage tokens) {
        return new Amount(calls, tokens, of(role).map(price -> price.of(tokens)));
    }

    /** The same for calls that cost only a part of the price. */
    Amount amount(PaidRole role, long calls, TokenUsage tokens, double priceFactor) {
        return new Amount(calls, tokens, of(role).map(price -> price.of(tokens).times(priceFactor)));
    }

    /** Whether no role's price is known. */
    public boolean isUnknown() {
        return byRole.isEmpty();
    }

    boolean isFree(PaidRole role) {
        return of(role).filter(Price.FREE::equals).isPresent();
    }

    @Override
    public String toString() {
        return byRole.toString();
    }
}
