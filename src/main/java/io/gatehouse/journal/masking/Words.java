package io.gatehouse.journal.masking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Finds any of some words in ASCII text in one pass, whatever their case, and over separators (Aho and Corasick, Efficient
 * String Matching, 1975).
 */
final class Words {

    private static final int ASCII = 128;

    /** For each state and character the next state, as where its row begins. */
    private final int[] next;
    private final boolean[] ends;

    /** @param words plain, see {@link Masks#plain}; those that are not ASCII are left out */
    Words(Collection<String> words) {
        List<int[]> tree = new ArrayList<>(List.of(new int[ASCII]));
        List<Integer> last = words.stream().filter(word -> !word.isEmpty() && word.chars().allMatch(c -> c < ASCII))
                .map(word -> add(word, tree)).toList();
        ends = new boolean[tree.size()];
        last.forEach(state -> ends[state] = true);
        complete(tree);
        next = new int[tree.size() * ASCII];
        for (int state = 0; state < tree.size(); state++) {
            for (int c = 0; c < ASCII; c++) {
                char same = Character.toLowerCase((char) c);
                next[state * ASCII + c] = (Masks.isSeparator(same) ? state : tree.get(state)[same]) * ASCII;
            }
        }
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

    /** Whether a word may be in the text: it is, or the text has characters beyond ASCII or such as are written by number. */
    boolean mayBeIn(byte[] text) {
        int row = 0;
        for (int i = 0; i < text.length; i++) {
            byte c = text[i];
            if (c < 0 || c == '\\' && i + 1 < text.length && text[i + 1] == 'u') {
                return true;
            }
            row = next[row + c];
            if (ends[row / ASCII]) {
                return true;
            }
        }
        return false;
    }
}
