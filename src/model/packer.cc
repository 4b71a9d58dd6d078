#include "model/packer.h"

#include <algorithm>

#include "cache/key.h"
#include "cache/record.h"
#include "deflate/deflate.h"
#include "parallel/parallel.h"
#include "util/trace.h"

namespace slim {
namespace {

using cache::RecordReader;
using cache::RecordWriter;

constexpr std::uint64_t kSmall = 16 << 10;      // unpacked
constexpr std::uint64_t kMostSmall = 32 << 20;  // packed, of all together

void write_entry(RecordWriter& out, const PackedEntry& entry) {
  out.number(entry.deflated);
  out.number(entry.size);
  out.number(entry.crc);
  out.bytes(entry.packed);
}

PackedEntry read_entry(RecordReader& in) {
  PackedEntry entry;
  entry.deflated = in.number<bool>();
  entry.size = in.number<std::uint64_t>();
  entry.crc = in.number<std::uint32_t>();
  const ByteView packed = in.bytes();
  entry.packed.assign(packed.begin(), packed.end());
  return entry;
}

unsigned threads_of(const Options& options) {
  return options.threads == 0 ? default_threads() : options.threads;
}

Bytes record_of(const StripOutcome& outcome, const PackedEntry* entry) {
  RecordWriter out;
  out.number(outcome.stripped);
  out.text(outcome.reason);
  out.number(outcome.size);
  out.number(outcome.hash.high);
  out.number(outcome.hash.low);
  if (entry != nullptr) write_entry(out, *entry);
  return out.take();
}

}  // namespace

Packer::Packer(const Package& package, const Inspection& inspection, const Options& options,
               cache::Cache& cache)
    : package_(package),
      inspection_(inspection),
      options_(options),
      cache_(cache),
      makes_zip_(!options.dry_run && !options.in_place && options.output_format == ContainerFormat::zip),
      room_(makes_zip_ ? options.max_memory / 4 : 0),
      free_threads_(threads_of(options)) {}

PackedEntry Packer::pack(Bytes bytes) const {
  const trace::Span span("deflate");
  PackedEntry entry{.deflated = false, .size = bytes.size(), .crc = deflate::crc32(bytes), .packed = {}};
  const auto for_each = [&](std::size_t count, const std::function<void(std::size_t)>& work) {
    parallel_for(count, threads_of(options_), [&](std::size_t i) {
      free_threads_.acquire();
      work(i);
      free_threads_.release();
    });
  };
  if (auto smaller = deflate::compress(bytes, options_.level, for_each)) {
    entry.deflated = true;
    entry.packed = std::move(*smaller);
  } else {
    entry.packed = std::move(bytes);
  }
  return entry;
}

Sha256 Packer::key_of(std::string_view purpose, std::size_t index) const {
  return cache::KeyMaker(purpose)
      .add(ByteView(inspection_.content_ids[index]))
      .add(static_cast<std::uint64_t>(options_.level))
      .key();
}

Sha256 Packer::key_of_small() const {
  return cache::KeyMaker("small files")
      .add(ByteView(inspection_.names_id))
      .add(static_cast<std::uint64_t>(options_.level))
      .key();
}

void Packer::read_small() {
  small_is_read_ = true;
  const std::optional<Bytes> kept = cache_.get(key_of_small());
  if (!kept) return;
  RecordReader in(*kept);
  while (!in.at_end() && !in.damaged()) {
    const auto index = in.number<std::uint64_t>();
    SmallFile file;
    std::ranges::copy(in.raw(file.content_id.size()), file.content_id.begin());
    file.entry = read_entry(in);
    if (!in.damaged()) small_.emplace(index, std::move(file));
  }
}

Result<PackedEntry> Packer::pack_unchanged(std::size_t index, const std::function<Result<Bytes>()>& load) {
  if (options_.fast) {
    TRY(std::optional<PackedEntry> same, package_.source->load_packed(index));
    if (same) return std::move(*same);
  }
  if (!cache_.is_on()) {
    TRY(Bytes bytes, load());
    return pack(std::move(bytes));
  }
  if (package_.entries[index].size < kSmall) {
    {
      const std::lock_guard lock(mutex_);
      if (!small_is_read_) read_small();
      const auto found = small_.find(index);
      if (found != small_.end() && found->second.content_id == inspection_.content_ids[index])
        return found->second.entry;
    }
    TRY(Bytes bytes, load());
    PackedEntry entry = pack(std::move(bytes));
    const std::lock_guard lock(mutex_);
    if (small_bytes_ < kMostSmall) {
      small_.insert_or_assign(index, SmallFile{inspection_.content_ids[index], entry});
      small_bytes_ += entry.packed.size();
      small_has_grown_ = true;
    }
    return entry;
  }
  const Sha256 key = key_of("unchanged", index);
  if (const std::optional<Bytes> kept = cache_.get(key)) {
    RecordReader in(*kept);
    PackedEntry entry = read_entry(in);
    if (!in.damaged() && in.at_end()) return entry;
  }
  TRY(Bytes bytes, load());
  PackedEntry entry = pack(std::move(bytes));
  RecordWriter out;
  write_entry(out, entry);
  cache_.put(key, out.written());
  return entry;
}

std::optional<StripOutcome> Packer::find_strip(std::size_t index, elf::StripLevel level) {
  if (!makes_zip_ || !cache_.is_on()) return std::nullopt;
  const std::optional<Bytes> kept = cache_.get(key_of(elf::strip_level_name(level), index));
  if (!kept) return std::nullopt;
  RecordReader in(*kept);
  StripOutcome outcome;
  outcome.stripped = in.number<bool>();
  outcome.reason = in.text();
  outcome.size = in.number<std::uint64_t>();
  outcome.hash.high = in.number<std::uint64_t>();
  outcome.hash.low = in.number<std::uint64_t>();
  if (outcome.stripped) wait(index, read_entry(in));
  if (in.damaged() || !in.at_end()) return std::nullopt;
  return outcome;
}

void Packer::keep_strip(std::size_t index, elf::StripLevel level, const StripOutcome& outcome, Bytes bytes) {
  if (!makes_zip_ || (!cache_.is_on() && !has_room())) return;
  std::optional<PackedEntry> entry;
  if (outcome.stripped) entry = pack(std::move(bytes));
  if (cache_.is_on()) {
    cache_.put(key_of(elf::strip_level_name(level), index), record_of(outcome, entry ? &*entry : nullptr));
  }
  if (entry) wait(index, std::move(*entry));
}

bool Packer::has_room() const {
  const std::lock_guard lock(mutex_);
  return held_ < room_;
}

bool Packer::wait(std::size_t index, PackedEntry entry) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t holds = entry.packed.capacity();
  if (held_ > room_ || holds > room_ - held_) return false;
  held_ += holds;
  waiting_.insert_or_assign(index, std::move(entry));
  return true;
}

std::optional<PackedEntry> Packer::take(std::size_t index) {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(index);
  if (found == waiting_.end()) return std::nullopt;
  PackedEntry entry = std::move(found->second);
  waiting_.erase(found);
  held_ -= entry.packed.capacity();
  return entry;
}

void Packer::start_over() {
  const std::lock_guard lock(mutex_);
  waiting_.clear();
  held_ = 0;
}

void Packer::finish() {
  if (!cache_.is_on()) return;
  if (small_has_grown_) {
    RecordWriter out;
    for (std::size_t i = 0; i < package_.entries.size(); ++i) {
      const auto found = small_.find(i);
      if (found == small_.end()) continue;
      out.number(std::uint64_t{i});
      out.raw(found->second.content_id);
      write_entry(out, found->second.entry);
    }
    cache_.put(key_of_small(), out.written());
  }
  cache_.finish();
}

}  // namespace slim
