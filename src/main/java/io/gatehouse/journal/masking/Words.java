package io.gatehouse.journal.masking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds any of some words in ASCII text in one pass, whatever their case, and over separators (Aho and Corasick, Efficient
 * String Matching, 1975).
 */
final class Words {

    private static final int ASCII = 128;

    /** For each state and character the next state, as where its row begins. */
    private final int[] next;
    /** What each state is the end of, each sign a bit. */
    private final int[] ends;

    /** @param words in lower case and without separators; those that are not ASCII are left out */
    Words(Map<String, Masks.Sign> words) {
        List<int[]> tree = new ArrayList<>(List.of(new int[ASCII]));
        Map<Integer, Integer> last = new HashMap<>();
        words.forEach((word, sign) -> {
            if (!word.isEmpty() && word.chars().allMatch(c -> c < ASCII)) {
                last.put(add(word, tree), bit(sign));
            }
        });
        ends = new int[tree.size()];
        last.forEach((state, sign) -> ends[state] = sign);
        complete(tree);
        next = new int[tree.size() * ASCII];
        for (int state = 0; state < tree.size(); state++) {
            for (int c = 0; c < ASCII; c++) {
                char same = Character.toLowerCase((char) c);
                boolean isPassedOver = same < ' ' || Masks.isSeparator(same);
                next[state * ASCII + c] = (isPassedOver ? state : tree.get(state)[same]) * ASCII;
            }
        }
    }

    private static int bit(Masks.Sign sign) {
        return 1 << sign.ordinal();
    }

    private static int add(String word, List<int[]> tree) {
        int state = 0;
        for (char c : word.toCharArray()) {
            if (tree.get(state)[c] == 0) {
                tree.get(state)[c] = tree.size();
                tree.add(new int[ASCII]);
            }
            state = tree.get(state)[c];
        }
        return state;
    }

    /** Where a word goes on otherwise, another may go on that began later. */
    private void complete(List<int[]> tree) {
        int[] instead = new int[tree.size()];
        Deque<Integer> states = new ArrayDeque<>(List.of(0));
        while (!states.isEmpty()) {
            int state = states.remove();
            ends[state] |= ends[instead[state]];
            for (int c = 0; c < ASCII; c++) {
                int longer = tree.get(state)[c];
                int other = state == 0 ? 0 : tree.get(instead[state])[c];
                if (longer == 0) {
                    tree.get(state)[c] = other;
                } else {
                    instead[longer] = other;
                    states.add(longer);
                }
            }
        }
    }

    /**
     * The gravest sign of which a word is in the text; the gravest of all for a text that has characters beyond ASCII or such
     * as are written by number. Both halves at once, for each step of one waits for the last one.
     */
    Masks.Sign look(byte[] text) {
        int middle = text.length / 2;
        int early = 0;
        int late = 0;
        int found = 0;
        for (int i = 0; i < middle; i++) {
            if (isBeyond(text, i) || isBeyond(text, middle + i)) {
                return Masks.Sign.OF_A_SECRET;
            }
            early = next[early + text[i]];
            late = next[late + text[middle + i]];
            found |= ends[early / ASCII] | ends[late / ASCII];
        }
        for (int i = middle * 2; i < text.length; i++) {
            if (isBeyond(text, i)) {
                return Masks.Sign.OF_A_SECRET;
            }
            late = next[late + text[i]];
            found |= ends[late / ASCII];
        }
        // What began before the middle may end behind it
        for (int i = middle; i < text.length && early != 0; i++) {
            early = next[early + text[i]];
            found |= ends[early / ASCII];
        }
        return (found & bit(Masks.Sign.OF_A_SECRET)) != 0 ? Masks.Sign.OF_A_SECRET
                : found != 0 ? Masks.Sign.OF_AN_ERROR : Masks.Sign.NONE;
    }

    private static boolean isBeyond(byte[] text, int i) {
        return text[i] < 0 || text[i] == '\\' && i + 1 < text.length && text[i + 1] == 'u';
    }
}
