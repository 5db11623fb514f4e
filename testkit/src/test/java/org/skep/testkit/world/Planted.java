package org.skep.testkit.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.skep.kernel.Announcement;
import org.skep.kernel.Lane;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;

/**
 * Bugs that were planted to see whether worlds notice, each between a node and one of its
 * contracts. Rare, as real ones are.
 */
enum Planted {
  /** What was written once is now and then written again: a duplicate counts twice. */
  DUPLICATE {
    @Override
    Store store(Store real, SplittableRandom random) {
      return new StoreOver(real) {
        @Override
        public <T> T write(Lane lane, Work<T> work) {
          T answer = super.write(lane, work);
          return lane == Lane.OWN && random.nextInt(40) == 0 ? super.write(lane, work) : answer;
        }
      };
    }
  },

  /** The end of a log goes back by an entry now and then. */
  HEAD_GOES_BACK {
    @Override
    Store store(Store real, SplittableRandom random) {
      return new StoreOver(real) {
        @Override
        public <T> T write(Lane lane, Work<T> work) {
          return super.write(
              lane,
              tx -> {
                T answer = work.with(tx);
                if (random.nextInt(60) == 0) {
                  tx.run(
                      "UPDATE feed SET head = (SELECT before.local_seq FROM fact last"
                          + " JOIN fact before ON before.author = last.author"
                          + " AND before.log = last.log AND before.sequence = last.sequence - 1"
                          + " WHERE last.local_seq = feed.head)"
                          + " WHERE head = (SELECT max(local_seq) FROM fact WHERE sequence > 1)");
                }
                return answer;
              });
        }
      };
    }
  },

  /** How far a view has read is saved in a transaction of its own. */
  OFFSET_APART {
    @Override
    Store store(Store real, SplittableRandom random) {
      return new StoreOver(real) {
        @Override
        public <T> T write(Lane lane, Work<T> work) {
          List<Object[]> offsets = new ArrayList<>();
          T answer = super.write(lane, tx -> work.with(new OffsetsKept(tx, offsets)));
          for (Object[] offset : offsets) {
            super.write(lane, tx -> tx.run((String) offset[0], (Object[]) offset[1]));
          }
          return answer;
        }
      };
    }

    private final class OffsetsKept extends TxOver {
      private final List<Object[]> offsets;

      OffsetsKept(Tx real, List<Object[]> offsets) {
        super(real);
        this.offsets = offsets;
      }

      @Override
      TxOver over(Tx other) {
        return new OffsetsKept(other, offsets);
      }

      @Override
      public int run(String sql, Object... arguments) {
        if (sql.startsWith("UPDATE projection SET offset = ?")) {
          offsets.add(new Object[] {sql, arguments});
          return 1;
        }
        return super.run(sql, arguments);
      }
    }
  },

  /** What is announced is heard before it is on disk. */
  PUBLISHED_EARLY {
    @Override
    Store store(Store real, SplittableRandom random) {
      List<Consumer<Announcement>> listeners = new CopyOnWriteArrayList<>();
      return new StoreOver(real) {
        @Override
        public Subscription subscribe(Consumer<Announcement> listener) {
          listeners.add(listener);
          return () -> listeners.remove(listener);
        }

        @Override
        public <T> T write(Lane lane, Work<T> work) {
          return super.write(lane, tx -> work.with(new Early(tx)));
        }

        final class Early extends TxOver {
          Early(Tx tx) {
            super(tx);
          }

          @Override
          TxOver over(Tx other) {
            return new Early(other);
          }

          // As a processor may turn to somebody else at any time.
          @SuppressWarnings("ThreadPriorityCheck")
          @Override
          public void announce(Announcement announcement) {
            listeners.forEach(listener -> listener.accept(announcement));
            Thread.yield();
          }
        }
      };
    }
  },

  /** Who waits to hear that an entry was kept is now and then not woken. */
  LOST_WAKE_UP {
    @Override
    Store store(Store real, SplittableRandom random) {
      return new StoreOver(real) {
        @Override
        public Subscription subscribe(Consumer<Announcement> listener) {
          return super.subscribe(announcement -> {
            if (!(announcement instanceof Announcement.EntryKept) || random.nextInt(10) > 0) {
              listener.accept(announcement);
            }
          });
        }
      };
    }
  };

  abstract Store store(Store real, SplittableRandom random);

  Twist twist(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Twist() {
      @Override
      public Store store(Store real) {
        return Planted.this.store(real, random);
      }
    };
  }
}
