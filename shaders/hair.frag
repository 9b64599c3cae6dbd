#version 330
// Dark hair with a sheen across the strands (Kajiya and Kay 1989).
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_tangent;
in vec3 v_strand;
out vec4 color;

// Sine of the angle between the strand and the half-way vector, raised: a line of light.
float sheen(vec3 t, vec3 v, vec3 l, float sharp) {
    float th = dot(t, normalize(v + l));
    return pow(sqrt(max(1.0 - th * th, 0.0)), sharp);
}

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    vec3 v = normalize(from - v_point);
    float range = length(from - v_point);
    float under = step(v_strand.z, 0.0);
    float number = v_strand.z + under;
    float fine = (1.0 - smoothstep(0.8, 3.5, range));
    float hairs = value_noise(vec3(v_strand.y * mix(6.0, 16.0, under) + number * 91.0, v_strand.x * 5.0, number * 37.0));
    float lines = mix(0.5, hairs, 0.35 + 0.65 * fine);
    Surface s;
    s.normal = normalize(v_normal);
    if (dot(s.normal, v) < 0.0) s.normal = normalize(s.normal - 2.0 * dot(s.normal, v) * v);
    vec3 t = normalize(v_tangent + 0.10 * (lines - 0.5) * s.normal);
    s.albedo = mix(srgb(0x17110F), srgb(0x3A2A28), number * 0.6 + 0.4 * lines) * mix(1.0, 0.55, under);
    s.albedo *= 0.7 + 0.6 * lines;
    float deep = smoothstep(0.0, 0.013, v_rest.z);
    s.ao = mix(0.40, 1.0, deep) * mix(0.75, 1.0, abs(v_strand.y)) * mix(1.0, 0.5, under);
    s.roughness = 0.85;
    s.thin = 0.25;
    // The sky above as a broad sheen, the sun and the orb as narrow ones.
    vec3 shine = sky_light(vec3(0.0, 0.0, 1.0)) * 0.16 * sheen(t, v, vec3(0.0, 0.0, 1.0), 12.0);
    shine += sky_gradient(normalize(vec3(0.7, -0.3, 0.5))) * 0.22 * sheen(t, v, normalize(vec3(0.7, -0.3, 0.5)), 40.0);
    float sun = sunlight(v_point, s.normal);
    shine += SUN_LIGHT * S_lit * sun * (1.0 - 0.75 * S_sky_light)
        * (0.030 * sheen(t, v, SUN_DIR, 60.0) + 0.020 * vec3(1.0, 0.6, 0.5) * sheen(normalize(t + 0.12 * s.normal), v, SUN_DIR, 14.0));
    if (S_orb_light > 0.0) {
        vec3 to = u_orb - v_point;
        float d2 = dot(to, to);
        shine += ORB_LIGHT * S_orb_light * 0.10 / (d2 + 0.3) * sheen(t, v, to * inversesqrt(d2 + 1e-6), 40.0);
    }
    s.glow = shine * s.ao * (0.45 + 1.1 * lines) * (1.0 - smoothstep(0.7, 1.0, v_strand.x));
    vec3 c = light(s, v_point, from);
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
