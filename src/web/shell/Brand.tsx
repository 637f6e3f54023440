export function Brand() {
  return (
    <div className="brand">
      <svg viewBox="0 0 24 24" fill="none" aria-hidden="true">
        <path d="M3 3h18v9a9 9 0 0 1-9 9H3z" fill="currentColor" />
        <path d="M7 17V7h10" stroke="var(--canvas)" strokeWidth="2" />
        <path d="M12 17a5 5 0 0 0 5-5" stroke="var(--canvas)" strokeWidth="2" />
      </svg>
      Quarterdeck
    </div>
  );
}
