#include <stdio.h>
#include <string.h>
#define V 6
#define INF 1000000
static int adj[V][V], seen[V], order[V], no;
static void edge(int a, int b, int w) { adj[a][b] = adj[b][a] = w; }
static void dfs(int u) { seen[u] = 1; order[no++] = u; for (int v = 0; v < V; v++) if (adj[u][v] && !seen[v]) dfs(v); }
static void dijkstra(int s, int d[V]) { int done[V] = {0}; for (int i = 0; i < V; i++) d[i] = INF; d[s] = 0; for (int k = 0; k < V; k++) { int u = -1; for (int i = 0; i < V; i++) if (!done[i] && (u < 0 || d[i] < d[u])) u = i; if (d[u] == INF) break; done[u] = 1; for (int v = 0; v < V; v++) if (adj[u][v] && d[u] + adj[u][v] < d[v]) d[v] = d[u] + adj[u][v]; } }
int main(void) { int d[V], q[V], h = 0, t = 0; edge(0, 1, 7); edge(0, 2, 9); edge(1, 3, 15); edge(2, 3, 2); edge(3, 4, 6); dfs(0); for (int i = 0; i < no; i++) printf("%d ", order[i]); dijkstra(0, d); for (int i = 0; i < V; i++) printf("%s%d", i ? "," : "| ", d[i]); memset(seen, 0, sizeof seen); seen[q[t++] = 0] = 1; printf(" | "); while (h < t) { int u = q[h++]; printf("%d", u); for (int v = 0; v < V; v++) if (adj[u][v] && !seen[v]) seen[q[t++] = v] = 1; } printf("\n"); return 0; }
